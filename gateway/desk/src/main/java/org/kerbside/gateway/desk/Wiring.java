package org.kerbside.gateway.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;

/** The outputs of a site with their interlocks, made anew at every start. */
final class Wiring {

  private static final String VALVE = "valve";
  private static final String MASTER = "master";

  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final Map<Point, Output> outputs = new LinkedHashMap<>();
  private final Map<Output, List<Output>> below = new LinkedHashMap<>(); // a master's zones
  private final Sight sight = new Sight();
  private final Moment now;

  /**
   * @param floors the least light of a lamp's programme, by its output
   * @param lease how long a lamp may be below it in a night
   */
  Wiring(List<Asset> site, Map<Point, Double> floors, Duration lease, Moment now) {
    this.now = now;
    site.forEach(asset -> assets.put(asset.id(), asset));
    for (var asset : site) {
      for (var point : asset.points()) {
        if (point.spec().isWritable()) {
          var least = floors.get(point);
          var floor = least == null ? null : new Floor(least, lease);
          outputs.put(point, new Output(point, Trait.of(asset, point), floor));
        }
      }
    }
    sight.watch(List.copyOf(outputs.keySet()));
    for (var asset : site) {
      asset.points().forEach(point -> lock(asset, point));
    }
  }

  /** In the order of the site. */
  Map<Point, Output> outputs() {
    return outputs;
  }

  /** The outputs that open before those below them: by master, its zones. */
  Map<Output, List<Output>> below() {
    return below;
  }

  Sight sight() {
    return sight;
  }

  private void lock(Asset asset, Point point) {
    var output = outputs.get(point);
    if (output == null) {
      return;
    }
    var master = master(asset, point);
    List<Output> neighbours =
        master == null ? new ArrayList<>() : below.computeIfAbsent(master, m -> new ArrayList<>());
    neighbours.add(output);
    for (var interlock : Interlock.TABLE) {
      var lock =
          interlock.isOn(asset, point) ? lock(interlock.bound(), asset, output, neighbours) : null;
      if (lock != null) {
        output.add(new Output.NamedLock(interlock.name(), lock));
      }
    }
  }

  private @Nullable Lock lock(
      Interlock.Bound bound, Asset asset, Output output, List<Output> neighbours) {
    return switch (bound) {
      case Interlock.Bound.Frost frost -> new Lock.Cold(frost, gauges(asset, "temperature"), sight);
      case Interlock.Bound.Wind wind -> new Lock.Windy(wind, gauges(asset, "wind"), sight);
      case Interlock.Bound.Starting(var atMost) ->
          new Lock.Starting(now.plus(atMost), gauges(asset, "temperature"), sight);
      case Interlock.Bound.LongestRun(var setting, var fallback, var rest) ->
          new Lock.Run(seconds(asset.setting(setting, fallback.toMillis() / 1e3)), rest);
      case Interlock.Bound.MasterOpen() -> {
        var master = master(asset, output.point());
        yield master == null ? null : new Lock.Master(master);
      }
      case Interlock.Bound.OneAtATime(var setting) -> {
        var parent = asset.parent() == null ? null : assets.get(asset.parent());
        int atOnce = parent == null ? 1 : (int) parent.setting(setting, 1);
        yield new Lock.Turn(output, neighbours, atOnce);
      }
    };
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds(Math.round(seconds));
  }

  /** The valve above a zone's. */
  private @Nullable Output master(Asset asset, Point point) {
    var above = asset.parent() == null ? null : assets.get(asset.parent());
    var valve = above == null || !point.name().equals(VALVE) ? null : above.point(VALVE);
    return valve == null ? null : outputs.get(valve);
  }

  /** Where it is measured, the best first: the weather, itself, its parent, another master. */
  private List<Point> gauges(Asset asset, String quantity) {
    var parent = asset.parent() == null ? null : assets.get(asset.parent());
    var gauges =
        Stream.of(
                ofKind("weather"),
                List.of(asset),
                parent == null ? List.<Asset>of() : List.of(parent),
                ofKind(MASTER))
            .flatMap(List::stream)
            .map(place -> place.point(quantity))
            .filter(point -> point != null)
            .distinct()
            .toList();
    sight.watch(gauges);
    return gauges;
  }

  private List<Asset> ofKind(String kind) {
    return assets.values().stream().filter(asset -> asset.kind().name().equals(kind)).toList();
  }
}
