package org.kerbside.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * What a programme sees at one moment.
 *
 * @param seen the last reading of each point that programmes look at
 * @param rules what conditions ask
 * @param known the last moment at which the time was known; absent when it never was
 */
record Look(Moment now, Map<Point, Reading> seen, Memory rules, @Nullable Moment known) {

  /** The wall's time; null while nobody knows it. */
  @Nullable Instant wall() {
    return now.clock() == ClockQuality.NONE ? null : now.wall();
  }

  /** The wall's time as it would be by the time since boot; null when it was never known. */
  @Nullable Instant reckoned() {
    return known == null ? null : known.wall().plus(now.since(known));
  }

  /** The first of these that shows a number without any doubt. */
  @Nullable Double undoubted(List<Point> points) {
    for (var point : points) {
      var reading = seen.get(point);
      if (reading != null
          && reading.quality() instanceof Quality.Good
          && reading.value() instanceof Value.Num(var number)) {
        return number;
      }
    }
    return null;
  }

  /** What a point shows, as rules see it; null while that is unknown. */
  @Nullable Double number(Point point) {
    var reading = seen.get(point);
    return reading != null && Memory.told(reading) instanceof Value.Num(var number) ? number : null;
  }

  /** Whether the desk has it open or lit. */
  boolean isOrderedOn(Point output) {
    return switch (rules.points().ordered(output)) {
      case null -> false;
      case Value.Num(var share) -> share > 0;
      case Value.Flag(var flag) -> flag;
      case Value.State state -> false;
    };
  }
}
