package org.kerbside.gateway.assets;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointSpec.Access;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

/** The words in which the table of kinds is written. */
final class Specs {

  private static final double ANY = Double.MAX_VALUE;

  private Specs() {}

  static PointSpec num(String name, Unit unit, double min, double max, Band band, Duration beat) {
    return spec(name, PointType.NUM, unit, min, max, band, beat, Access.OBSERVED);
  }

  static PointSpec counter(String name, Unit unit, double step, Duration beat) {
    return spec(name, PointType.COUNTER, unit, 0, ANY, step(step), beat, Access.OBSERVED);
  }

  static PointSpec flag(String name, Duration beat) {
    return spec(name, PointType.FLAG, Unit.RATIO, 0, 1, change(), beat, Access.OBSERVED);
  }

  static PointSpec state(String name, Duration beat, String... words) {
    return new PointSpec(
        name, PointType.STATE, Unit.RATIO, 0, 0, change(), beat, Access.OBSERVED, List.of(words));
  }

  /** The same point, which the desk may move. */
  static PointSpec writable(PointSpec point) {
    return spec(
        point.name(),
        point.type(),
        point.unit(),
        point.min(),
        point.max(),
        point.band(),
        point.beat(),
        Access.WRITABLE);
  }

  static Band step(double step) {
    return new Band.Step(step);
  }

  static Band share(double share) {
    return new Band.Share(share, 0);
  }

  static Band share(double share, double least) {
    return new Band.Share(share, least);
  }

  static Band change() {
    return new Band.Change();
  }

  static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  static SequencedMap<String, PointSpec> points(PointSpec... points) {
    var byName = new LinkedHashMap<String, PointSpec>();
    for (var point : points) {
      byName.put(point.name(), point);
    }
    return byName;
  }

  private static PointSpec spec(
      String name,
      PointType type,
      Unit unit,
      double min,
      double max,
      Band band,
      Duration beat,
      Access access) {
    return new PointSpec(name, type, unit, min, max, band, beat, access, List.of());
  }
}
