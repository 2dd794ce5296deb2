package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
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
final class Screen {

  /** A source may be ahead of us by so much. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  /** No sensor of ours measured before it was made: 1970 is a clock that was never set. */
  static final Instant OLDEST = Instant.parse("2024-01-01T00:00:00Z");

  private Screen() {}

  /** The reading; or null where the sample is of another type or unit than the point. */
  static @Nullable Reading read(Sample sample, Point point, Moment now) {
    boolean believed = sample.at() == null || isBelievable(sample.at(), now);
    var source = believed ? sample.at() : null;
    var at = source == null ? now : placed(source, now);
    var timing = source == null ? Timing.RECEIPT : Timing.SOURCE;
    var value = sample.value();
    if (value == null) {
      return new Reading(point, null, sample.quality(), at, timing);
    }
    var kept = convert(value, sample.unit(), point);
    if (kept == null) {
      return null;
    }
    if (kept instanceof Value.Num(var number) && isImplausible(number, point)) {
      return Reading.bad(point, Reason.OUT_OF_RANGE, at, timing);
    }
    var reading = new Reading(point, kept, sample.quality(), at, timing);
    return believed ? reading : reading.doubted(Reason.SOURCE_TIME);
  }

  /** Without a wall clock of our own, a source's time is kept as its word, and we heard it now. */
  private static Moment placed(Instant source, Moment now) {
    return now.clock() == ClockQuality.NONE
        ? new Moment(source, now.clock(), now.sinceBoot())
        : now.at(source);
  }

  private static boolean isBelievable(Instant source, Moment now) {
    return now.clock() == ClockQuality.NONE
        || (!source.isBefore(OLDEST) && !source.isAfter(now.wall().plus(AHEAD)));
  }

  private static @Nullable Value convert(Value value, @Nullable Unit unit, Point point) {
    return switch (value) {
      case Value.Num(var number) -> number(value, number, unit, point);
      case Value.Flag flag -> point.spec().type() == PointType.FLAG ? flag : null;
      case Value.State state ->
          point.spec().type() == PointType.STATE && point.spec().words().contains(state.word())
              ? state
              : null;
    };
  }

  private static @Nullable Value number(
      Value value, double number, @Nullable Unit unit, Point point) {
    var type = point.spec().type();
    if (type != PointType.NUM && type != PointType.COUNTER) {
      return null;
    }
    if (unit == null || unit.base() == null) {
      return unit == null || unit.symbol().equals(point.unit().symbol()) ? value : null;
    }
    return unit.fits(point.unit()) ? new Value.Num(unit.toKept(number)) : null;
  }

  private static boolean isImplausible(double number, Point point) {
    return number < point.spec().min() || number > point.spec().max();
  }
}
