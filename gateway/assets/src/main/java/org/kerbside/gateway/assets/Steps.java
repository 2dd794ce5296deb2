package org.kerbside.gateway.assets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointType;

/** Which step stands before and behind which point: the plan of what is derived on a site. */
final class Steps {

  private final List<Step<?>> steps = new ArrayList<>();
  private final int[] filters;
  private final List<List<Integer>> followers = new ArrayList<>();
  private final Map<String, List<Asset>> children = new HashMap<>();
  private final Map<String, Asset> byId = new HashMap<>();
  private final List<Asset> cabinets;
  private final Sky sky;
  private final Map<PointId, Instant> bound; // whose device took another's place

  Steps(List<Asset> assets, int points, Map<PointId, Instant> bound) {
    this.bound = Map.copyOf(bound);
    filters = new int[points];
    Arrays.fill(filters, -1);
    for (int i = 0; i < points; i++) {
      followers.add(new ArrayList<>());
    }
    sky = Sky.over(assets);
    cabinets = assets.stream().filter(asset -> asset.kind().name().equals(Kind.CABINET)).toList();
    assets.forEach(asset -> byId.put(asset.id(), asset));
    for (var asset : assets) {
      if (asset.parent() != null) {
        children.computeIfAbsent(asset.parent(), parent -> new ArrayList<>()).add(asset);
      }
    }
    assets.forEach(this::plan);
  }

  List<Step<?>> steps() {
    return List.copyOf(steps);
  }

  int[] filters() {
    return filters.clone();
  }

  int[][] followers() {
    return followers.stream()
        .map(behind -> behind.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private void plan(Asset asset) {
    for (var point : asset.points()) {
      if (point.spec().type() == PointType.COUNTER) {
        before(point, new Counter(point, Dial.of(asset, point), bound.get(point.id())));
      }
    }
    behind(Meter.of(asset), asset, "pulses");
    switch (asset.kind().name()) {
      case "bin" -> {
        before(asset.point("distance"), Echo.of(asset, sky));
        behind(Fill.of(asset, sky), asset, "distance");
        behind(Emptied.of(asset), asset, "fill");
      }
      case "lamp" -> lamp(asset);
      case "feeder" -> feeder(asset);
      case "air" -> {
        before(asset.point("nh3"), Sniff.of(asset, "nh3"));
        before(asset.point("h2s"), Sniff.of(asset, "h2s"));
      }
      case "zone" -> doubt(asset, "moisture", new Doubt.Cause.Frost(asset.point("soil"), sky));
      case "weather" -> doubt(asset, "lux", new Doubt.Cause.Storm(sky));
      case "stall" -> {
        behind(Occupied.of(asset), asset, "presence", "shut");
        behind(Uses.of(asset), asset, "occupied");
      }
      case "toilet" -> {
        var stalls = children.getOrDefault(asset.id(), List.of());
        int free = add(Free.of(asset, stalls));
        stalls.forEach(stall -> behind(free, stall.point("occupied")));
        int visits = add(Visits.of(asset, stalls));
        stalls.forEach(stall -> behind(visits, stall.point("uses")));
      }
      default -> {} // Most kinds say everything themselves.
    }
  }

  private void lamp(Asset lamp) {
    var feeder = lamp.parent() == null ? null : byId.get(lamp.parent());
    var expected = lamp.point("expected");
    var draw = Draw.of(lamp);
    if (expected != null && draw != null) {
      behind(new Expected.Lamp(expected, draw), lamp, "on", "dim");
    }
    var step = Lit.of(lamp, feeder, cabinets);
    int lit = add(step);
    if (step == null) {
      return;
    }
    behind(lit, lamp.point("on"));
    behind(lit, lamp.point("dim"));
    behind(lit, step.power());
    behind(lit, step.contactor());
    step.mains().forEach(mains -> behind(lit, mains));
  }

  private void feeder(Asset feeder) {
    doubt(feeder, "lux", new Doubt.Cause.Storm(sky));
    var expected = feeder.point("expected");
    var lamps =
        children.getOrDefault(feeder.id(), List.of()).stream()
            .map(lamp -> lamp.point("expected"))
            .filter(point -> point != null)
            .toList();
    if (expected != null && !lamps.isEmpty()) {
      int sum = add(new Expected.Feeder(expected, lamps, feeder.point("contactor")));
      behind(sum, feeder.point("contactor"));
      lamps.forEach(lamp -> behind(sum, lamp));
    }
  }

  private void doubt(Asset asset, String name, Doubt.Cause cause) {
    var point = asset.point(name);
    before(point, point == null ? null : new Doubt(point, cause));
  }

  private void before(@Nullable Point point, @Nullable Step<?> filter) {
    if (point != null && filter != null) {
      filters[point.index()] = add(filter);
    }
  }

  private void behind(@Nullable Step<?> step, Asset asset, String... inputs) {
    int index = add(step);
    for (var input : inputs) {
      behind(index, asset.point(input));
    }
  }

  private void behind(int step, @Nullable Point input) {
    if (step >= 0 && input != null) {
      followers.get(input.index()).add(step);
    }
  }

  /** The step's place, or -1 where an asset lacks a point for it. */
  private int add(@Nullable Step<?> step) {
    if (step == null) {
      return -1;
    }
    steps.add(step);
    return steps.size() - 1;
  }
}
