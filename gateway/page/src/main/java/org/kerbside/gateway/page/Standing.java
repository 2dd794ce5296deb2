package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Seen;

/**
 * How an asset stands on the three axes, none of them merged: its gravest alarm, its data, who
 * holds it.
 *
 * @param shown the points that its card shows, the chief one first
 * @param data the worst of them
 * @param alarm of those that ask for people
 * @param work who works on it until when
 */
record Standing(
    Asset asset,
    List<Seen> shown,
    DataState data,
    @Nullable Alarm alarm,
    @Nullable Owner manual,
    @Nullable Act work) {

  private static final int MOST_SHOWN = 12;

  Standing {
    shown = List.copyOf(shown);
  }

  static Standing of(Asset asset, Overview overview) {
    var shown = shown(asset, overview);
    var data =
        shown.stream()
            .map(seen -> seen.state(overview.now()))
            .min(Comparator.naturalOrder())
            .orElse(DataState.NEVER);
    var alarm =
        overview.alarms().stream()
            .filter(one -> one.asset().equals(asset.id()) && one.isAnnounced())
            .max(Comparator.comparing(Alarm::severity))
            .orElse(null);
    var work = overview.works().get(asset.id());
    return new Standing(asset, shown, data, alarm, manual(asset, overview), work);
  }

  Seen chief() {
    return shown.getFirst();
  }

  /** The same with every point that was ever heard, the shown ones first. */
  Standing whole(Overview overview) {
    var all = new ArrayList<>(shown);
    asset.points().stream()
        .map(overview::of)
        .filter(seen -> isHeard(seen) && !shown.contains(seen))
        .forEach(all::add);
    return new Standing(asset, all, data, alarm, manual, work);
  }

  /** The point whose data is worst; of equals the first. */
  Seen worst(Overview overview) {
    return shown.stream()
        .filter(seen -> seen.state(overview.now()) == data)
        .findFirst()
        .orElse(chief());
  }

  /** Whether the value may be told as the present. */
  boolean isKnown() {
    return switch (data) {
      case GOOD, UNCERTAIN -> true;
      case STALE, BAD, SILENT, NEVER -> false;
    };
  }

  private static List<Seen> shown(Asset asset, Overview overview) {
    return switch (asset.kind().name()) {
      case "stall" -> chief(asset, overview, List.of("occupied"), List.of());
      case "lamp" -> chief(asset, overview, List.of("lit", "on"), List.of());
      case "bin" -> chief(asset, overview, List.of("fill"), List.of());
      case "zone" -> chief(asset, overview, List.of("flow", "valve"), List.of("valve", "moisture"));
      case "master" ->
          chief(asset, overview, List.of("flow", "valve"), List.of("valve", "pressure"));
      case "feeder" ->
          chief(asset, overview, List.of("contactor", "power"), List.of("power", "lux"));
      case "air" ->
          chief(
              asset,
              overview,
              List.of("nh3", "temperature"),
              List.of("h2s", "temperature", "humidity"));
      case "toilet" -> heard(asset, overview, List.of("free"));
      case Kind.CABINET -> heard(asset, overview, List.of()); // many have no device of their own
      default -> everything(asset, overview);
    };
  }

  /** The first of {@code chiefs} that was heard, or the first that it has; then what was heard. */
  private static List<Seen> chief(
      Asset asset, Overview overview, List<String> chiefs, List<String> others) {
    var candidates = named(asset, overview, chiefs);
    if (candidates.isEmpty()) {
      return everything(asset, overview);
    }
    var chief =
        candidates.stream().filter(Standing::isHeard).findFirst().orElse(candidates.getFirst());
    var shown = new ArrayList<Seen>();
    shown.add(chief);
    named(asset, overview, others).stream()
        .filter(Standing::isHeard)
        .filter(seen -> !seen.point().equals(chief.point()))
        .forEach(shown::add);
    return shown;
  }

  private static List<Seen> heard(Asset asset, Overview overview, List<String> without) {
    return asset.points().stream()
        .filter(point -> !without.contains(point.name()))
        .map(overview::of)
        .filter(Standing::isHeard)
        .limit(MOST_SHOWN)
        .toList();
  }

  private static List<Seen> everything(Asset asset, Overview overview) {
    var heard = heard(asset, overview, List.of());
    return heard.isEmpty()
        ? asset.points().stream().map(overview::of).limit(MOST_SHOWN).toList()
        : heard;
  }

  private static List<Seen> named(Asset asset, Overview overview, List<String> names) {
    var found = new ArrayList<Seen>();
    for (var name : names) {
      var point = asset.point(name);
      if (point != null) {
        found.add(overview.of(point));
      }
    }
    return found;
  }

  private static boolean isHeard(Seen seen) {
    return seen.last() != null;
  }

  private static @Nullable Owner manual(Asset asset, Overview overview) {
    for (var point : asset.points()) {
      var owner = overview.owners().get(point.index());
      if (owner != null && owner.issuer().isPerson()) {
        return owner;
      }
    }
    return null;
  }
}
