package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

/** One generic asset, {@code a1}, with a point of each type. */
final class Street {

  static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");
  static final Moment START = new Moment(NOON, ClockQuality.SYNC, Duration.ofMinutes(1));
  static final Duration BEAT = Duration.ofMinutes(15);

  static final Point DISTANCE = point(0, "distance", PointType.NUM, Unit.METRE, 0, 8);
  static final Point OPEN = point(1, "open", PointType.FLAG, Unit.RATIO, 0, 1);
  static final Point PRESENCE = point(2, "presence", PointType.STATE, Unit.RATIO, 0, 0);

  static final Asset ASSET =
      new Asset(
          "a1",
          new Kind(
              "generic",
              new LinkedHashMap<>(),
              List.of(),
              List.of(),
              Kind.Parent.NONE,
              Kind.Device.REQUIRED),
          "a1",
          null,
          List.of(DISTANCE, OPEN, PRESENCE),
          Map.of(),
          Map.of());

  private Street() {}

  private static Point point(
      int index, String name, PointType type, Unit unit, double min, double max) {
    var spec =
        new PointSpec(
            name,
            type,
            unit,
            min,
            max,
            type == PointType.NUM ? new Band.Step(.01) : new Band.Change(),
            BEAT,
            PointSpec.Access.OBSERVED,
            type == PointType.STATE ? List.of("none", "moving") : List.of());
    return new Point(index, new PointId("a1", name), spec);
  }
}
