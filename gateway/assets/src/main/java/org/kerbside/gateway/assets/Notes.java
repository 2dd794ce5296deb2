package org.kerbside.gateway.assets;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Value;

/**
 * A memo's numbers and words by name, on their way into a snapshot or out of it. Times become ages:
 * another process has another time since boot, and the time while none ran counts for nothing.
 */
final class Notes {

  private final Moment now;
  private final SortedMap<String, Value> values;

  Notes(Moment now) {
    this(now, new TreeMap<>());
  }

  Notes(Moment now, SortedMap<String, Value> values) {
    this.now = now;
    this.values = values;
  }

  SortedMap<String, Value> values() {
    return values;
  }

  /** An absent number, NaN, stays absent. */
  Notes put(String name, double number) {
    if (!Double.isNaN(number)) {
      values.put(name, new Value.Num(number));
    }
    return this;
  }

  /** Exact up to 2^53: more pulses than any meter tells. */
  Notes put(String name, long number) {
    return put(name, (double) number);
  }

  Notes put(String name, Enum<?> word) {
    values.put(name, new Value.State(word.name()));
    return this;
  }

  Notes time(String name, @Nullable Duration sinceBoot) {
    return sinceBoot == null ? this : put(name, now.sinceBoot().minus(sinceBoot).toNanos() / 1e9);
  }

  /** The number of that name, NaN where there is none. */
  double number(String name) {
    return values.get(name) instanceof Value.Num(var number) ? number : Double.NaN;
  }

  long whole(String name) {
    return Math.round(number(name)); // no number is 0
  }

  /** The constant of that name; {@code fallback} where there is none, or no longer. */
  <E extends Enum<E>> E word(String name, E fallback) {
    for (var one : fallback.getDeclaringClass().getEnumConstants()) {
      if (values.get(name) instanceof Value.State(var word) && one.name().equals(word)) {
        return one;
      }
    }
    return fallback;
  }

  @Nullable Duration time(String name) {
    double age = number(name);
    return Double.isNaN(age) ? null : now.sinceBoot().minusNanos(Math.round(age * 1e9));
  }
}
