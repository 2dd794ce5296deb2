package org.kerbside.gateway.journal;

import java.util.Map;
import java.util.TreeMap;
import org.kerbside.gateway.model.Value;

/**
 * One point over one minute or hour, or any stretch that several make up. Unknown time adds to
 * nothing. Not thread-safe.
 */
final class Roll {

  // Milliseconds, but for the numbers and the count.
  long readings;
  long known;
  long doubted;
  double min = Double.NaN; // all four absent together
  double max = Double.NaN;
  double mean = Double.NaN; // by known time; without any, of what was merely heard
  double last = Double.NaN;
  final Map<String, Long> held = new TreeMap<>();

  /** A reading came. */
  void count(Value value) {
    readings++;
    if (value instanceof Value.Num(var number)) {
      widen(number, number);
      mean = known == 0 ? (Double.isNaN(mean) ? number : mean + (number - mean) / readings) : mean;
      last = number;
    }
  }

  /** It was held for so long, and doubted for how much of that. */
  void hold(Value value, long time, long inDoubt) {
    switch (value) {
      case Value.Num(var number) -> {
        widen(number, number);
        mean = known == 0 ? number : mean + (number - mean) * time / (known + time);
        last = number;
      }
      case Value.Flag(var flag) -> held.merge(Boolean.toString(flag), time, Long::sum);
      case Value.State(var word) -> held.merge(word, time, Long::sum);
    }
    known += time;
    doubted += inDoubt;
  }

  /** What came later of the same stretch, or of the next. */
  void add(Roll later) {
    if (!Double.isNaN(later.min)) {
      widen(later.min, later.max);
      mean = together(later);
      last = later.known > 0 || known == 0 ? later.last : last;
    }
    readings += later.readings;
    known += later.known;
    doubted += later.doubted;
    later.held.forEach((word, time) -> held.merge(word, time, Long::sum));
  }

  /**
   * No stretch is known for longer than it is: a clock that was set back passes the same minute
   * twice, and both weigh alike.
   */
  void fit(long length) {
    if (known <= length) {
      return;
    }
    double share = (double) length / known;
    held.replaceAll((word, time) -> Math.round(time * share));
    doubted = Math.round(doubted * share);
    known = length;
  }

  private double together(Roll later) {
    if (Double.isNaN(mean) || (known == 0 && later.known > 0)) {
      return later.mean;
    }
    return later.known == 0
        ? mean
        : mean + (later.mean - mean) * later.known / (known + later.known);
  }

  private void widen(double least, double most) {
    min = Double.isNaN(min) ? least : Math.min(min, least);
    max = Double.isNaN(max) ? most : Math.max(max, most);
  }

  boolean hasNumbers() {
    return !Double.isNaN(min);
  }

  boolean isSame(Roll other) {
    return readings == other.readings
        && known == other.known
        && doubted == other.doubted
        && Double.compare(min, other.min) == 0
        && Double.compare(max, other.max) == 0
        && Double.compare(mean, other.mean) == 0
        && Double.compare(last, other.last) == 0
        && held.equals(other.held);
  }
}
