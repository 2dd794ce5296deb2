package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.assets.Gas;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reading.Timing;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * Sample → reading: converts to the point's unit, tests type, range and the source's time. Outside
 * the range is bad; a time that cannot be is replaced by the time of receipt, and doubted. Pure.
 */
public final class Screen {

  /** A source may be ahead of us by so much. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  /** No sensor of ours measured before it was made: 1970 is a clock that was never set. */
  static final Instant OLDEST = Instant.parse("2024-01-01T00:00:00Z");

  /** Nor after this, as far as a gateway can tell that does not know the time. */
  static final Instant NEWEST = Instant.parse("2100-01-01T00:00:00Z");

  private Screen() {}

  /** The reading; or null where the sample is of another type or unit than the point. */
  public static @Nullable Reading read(Sample said, Point point, Moment now) {
    var sample = inMass(said, point);
    boolean believed = sample.at() == null || isBelievable(sample.at(), now);
    var source = believed ? sample.at() : null;
    var at = source == null ? now : placed(source, now);
    var timing = source == null ? Timing.RECEIPT : Timing.SOURCE;
    var value = sample.value();
    if (value == null) {
      return new Reading(point, null, sample.quality(), at, timing);
    }
    if (!fits(value, sample.unit(), point)) {
      return null;
    }
    var kept = kept(value, sample.unit(), point);
    if (kept == null) {
      return Reading.bad(point, Reason.OUT_OF_RANGE, at, timing);
    }
    var reading = new Reading(point, kept, sample.quality(), at, timing);
    return believed ? reading : reading.doubted(Reason.SOURCE_TIME);
  }

  /** A gas that is told by its share of the air is kept by its mass. */
  private static Sample inMass(Sample said, Point point) {
    var gas = Gas.of(point.name());
    return gas != null && said.value() instanceof Value.Num(var ppm) && Unit.PPM.equals(said.unit())
        ? new Sample(
            said.quantity(),
            new Value.Num(gas.microgram(ppm)),
            Unit.MICROGRAM,
            said.quality(),
            said.at())
        : said;
  }

  private static boolean isBelievable(Instant source, Moment now) {
    var latest = now.clock() == ClockQuality.NONE ? NEWEST : now.wall().plus(AHEAD);
    return !source.isBefore(OLDEST) && !source.isAfter(latest);
  }

  /** Who does not know the time cannot tell how long ago it was: then it was when it came. */
  private static Moment placed(Instant source, Moment now) {
    return now.clock() == ClockQuality.NONE
        ? new Moment(source, now.clock(), now.sinceBoot())
        : now.at(source);
  }

  private static boolean fits(Value value, @Nullable Unit unit, Point point) {
    var type = point.spec().type();
    return switch (value) {
      case Value.Num number ->
          (type == PointType.NUM || type == PointType.COUNTER) && fits(unit, point.unit());
      case Value.Flag flag -> type == PointType.FLAG;
      case Value.State(var word) -> type == PointType.STATE && point.spec().words().contains(word);
    };
  }

  private static boolean fits(@Nullable Unit unit, Unit points) {
    return unit == null
        || (unit.base() == null ? unit.symbol().equals(points.symbol()) : unit.fits(points));
  }

  /** In the point's unit; null out of its range. */
  private static @Nullable Value kept(Value value, @Nullable Unit unit, Point point) {
    if (!(value instanceof Value.Num(var number))) {
      return value;
    }
    double kept = unit == null ? number : unit.toKept(number);
    // Converted, a number may be more than a double holds.
    if (kept < point.spec().min() || kept > point.spec().max() || !Double.isFinite(kept)) {
      return null;
    }
    return kept == number ? value : new Value.Num(kept);
  }
}
