package org.kerbside.drivers.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

/** Assets for the tests of drivers, with the points that they need. */
public final class Assets {

  private Assets() {}

  public static Asset asset(String id, PointSpec... specs) {
    var points = new ArrayList<Point>();
    for (var spec : specs) {
      points.add(new Point(points.size(), new PointId(id, spec.name()), spec));
    }
    var kind =
        new Kind(
            "generic",
            new LinkedHashMap<>(),
            List.of(),
            List.of(),
            Kind.Parent.NONE,
            Kind.Device.REQUIRED);
    return new Asset(id, kind, id, null, points, Map.of(), Map.of());
  }

  public static PointSpec num(String name, Unit unit) {
    return spec(name, PointType.NUM, unit, List.of());
  }

  public static PointSpec flag(String name) {
    return spec(name, PointType.FLAG, Unit.RATIO, List.of());
  }

  public static PointSpec state(String name, String... words) {
    return spec(name, PointType.STATE, Unit.RATIO, List.of(words));
  }

  private static PointSpec spec(String name, PointType type, Unit unit, List<String> words) {
    return new PointSpec(
        name,
        type,
        unit,
        -1e9,
        1e9,
        new Band.None(),
        Duration.ofHours(1),
        PointSpec.Access.OBSERVED,
        words);
  }
}
