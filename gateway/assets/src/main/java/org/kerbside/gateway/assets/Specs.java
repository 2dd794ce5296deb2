package org.kerbside.gateway.assets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointSpec.Access;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.SettingSpec;
import org.kerbside.gateway.model.SettingSpec.Shape;
import org.kerbside.gateway.model.Unit;

/** The words in which the table of kinds is written. */
final class Specs {

  static final Shape OPEN = new Shape.Open();
  static final Shape PIPE = new Shape.Words();

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

  static PointSpec battery() {
    return num("battery", Unit.CHARGE, 0, 100, step(1), hours(24));
  }

  static PointSpec rssi() {
    return num("rssi", Unit.DBM, -140, 0, step(3), hours(24));
  }

  /** What a water meter tells; volume and flow are made of it. */
  static PointSpec pulses() {
    return counter("pulses", Unit.COUNT, 1000, hours(24));
  }

  /** A water meter that tells pulses. */
  static SettingSpec meter(String example) {
    return SettingSpec.optional(
        "meter",
        new Shape.Group(
            List.of(
                SettingSpec.required(
                    "pulses", new Shape.Quantity(Unit.PER_CUBIC_METRE, 1, 1e7), "450/L"),
                SettingSpec.optional("at", new Shape.Wired("pulses", "pulses"), "gpio/23"),
                SettingSpec.optional("profile", new Shape.Words(), "pulses"),
                SettingSpec.optional("most", new Shape.Quantity(Unit.FLOW, 1e-6, .05), "30L/min"),
                SettingSpec.optional("zero", new Shape.Quantity(Unit.SECOND, 1, 86_400), "60s"))),
        example);
  }

  /** What a lamp draws by its light, as learned at commissioning. */
  static SettingSpec curve() {
    var watts = new Shape.Quantity(Unit.WATT, 0, 2000);
    return SettingSpec.optional(
        "curve",
        new Shape.Group(
            List.of("100%", "75%", "50%", "25%", "10%", "off").stream()
                .map(light -> SettingSpec.optional(light, watts, "30W").measured())
                .toList()),
        "{ 100%: 58W, 50%: 31W, off: 0.5W }");
  }

  /** A kind; each of its counters may say how its dial counts. */
  static Kind kind(
      String name,
      SequencedMap<String, PointSpec> points,
      List<SettingSpec> settings,
      List<String> parents,
      Kind.Parent parent,
      Kind.Device device) {
    var all = new ArrayList<>(settings);
    var dials =
        points.values().stream()
            .filter(point -> point.type() == PointType.COUNTER)
            .map(Specs::dial)
            .toList();
    if (!dials.isEmpty()) {
      all.add(
          SettingSpec.optional(
              "counters", new Shape.Group(dials), "{ energy: { bits: 32, step: 1Wh } }"));
    }
    return new Kind(name, new LinkedHashMap<>(points), all, parents, parent, device);
  }

  private static SettingSpec dial(PointSpec counter) {
    return SettingSpec.optional(
        counter.name(),
        new Shape.Group(
            List.of(
                SettingSpec.optional("bits", new Shape.Quantity(Unit.RATIO, 8, 53), "32"),
                SettingSpec.optional("digits", new Shape.Quantity(Unit.RATIO, 1, 15), "6"),
                SettingSpec.optional("step", new Shape.Quantity(counter.unit(), 1e-9, 1e3), "1"),
                SettingSpec.optional(
                    "most", new Shape.Quantity(Dial.pace(counter.unit()), 1e-9, 1e9), "10"))),
        "{ bits: 32 }");
  }

  /**
   * A setting that says what one point alone is wired to.
   *
   * @param profile of what is usually there
   */
  static SettingSpec wired(String setting, String point, String profile, String example) {
    return SettingSpec.optional(setting, new Shape.Wired(point, profile), example);
  }

  /** An output is switched on at most once in it; the desk has the default. */
  static SettingSpec minOn() {
    return SettingSpec.optional("min-on", new Shape.Quantity(Unit.SECOND, 0, 3600), "10s");
  }

  /** An output is switched off at most once in it; the desk has the default. */
  static SettingSpec minOff() {
    return SettingSpec.optional("min-off", new Shape.Quantity(Unit.SECOND, 0, 3600), "10s");
  }

  /** How long an output may take to show what was ordered; the desk has the default. */
  static SettingSpec verify() {
    return SettingSpec.optional("verify", new Shape.Quantity(Unit.SECOND, 1, 86_400), "60s");
  }
}
