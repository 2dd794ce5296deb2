package org.kerbside.drivers.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * One decoded value as the device says it. Knows no point, time or pace of ours.
 *
 * @param quantity what it is of, in the device's or the profile's word: {@code distance}
 * @param value absent exactly when the quality is bad
 * @param unit what a number is in, absent for flags and states, and where the device says none:
 *     then it is the point's
 * @param at the source's own time; absent where it tells none
 */
public record Sample(
    String quantity,
    @Nullable Value value,
    @Nullable Unit unit,
    Quality quality,
    @Nullable Instant at) {

  public Sample {
    if ((value == null) != (quality instanceof Quality.Bad)) {
      throw new IllegalArgumentException(quantity + ": a sample has no value exactly when bad");
    }
  }

  public static Sample of(String quantity, double number, Unit unit) {
    return new Sample(quantity, new Value.Num(number), unit, Quality.GOOD, null);
  }

  public static Sample of(String quantity, boolean flag) {
    return new Sample(quantity, Value.Flag.of(flag), null, Quality.GOOD, null);
  }

  public static Sample of(String quantity, String word) {
    return new Sample(quantity, new Value.State(word), null, Quality.GOOD, null);
  }

  public static Sample bad(String quantity, Reason reason) {
    return new Sample(quantity, null, null, new Quality.Bad(reason), null);
  }

  public Sample doubted(Reason reason) {
    return new Sample(quantity, value, unit, new Quality.Uncertain(reason), at);
  }

  public Sample at(@Nullable Instant source) {
    return new Sample(quantity, value, unit, quality, source);
  }
}
