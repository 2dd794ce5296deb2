package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * The readings of the last ten minutes that carry their source's time: what a message that the
 * transport says was sent before is compared with. A ring, because only what was unacknowledged can
 * come again, and that is at most a receive window. Belongs to control's thread.
 */
final class Recent {

  static final Duration AGE = Duration.ofMinutes(10);
  static final int MOST = 16_384;

  private final int[] points = new int[MOST];
  private final long[] times = new long[MOST]; // source's time, ms
  private final long[] heard = new long[MOST]; // since boot, ms
  private final @Nullable Value[] values = new @Nullable Value[MOST];
  private final Predicate<String> keys;
  private long count;

  /**
   * @param keys whether the journal has a delivery of that key; thread-safe
   */
  Recent(Predicate<String> keys) {
    this.keys = keys;
  }

  /** Whether this very message is committed. */
  boolean knows(String key) {
    return keys.test(key);
  }

  void note(Reading reading, Moment now) {
    if (reading.timing() == Reading.Timing.SOURCE && reading.value() != null) {
      note(reading.point().index(), reading.at().wall().toEpochMilli(), reading.value(), now);
    }
  }

  void note(int point, long time, Value value, Moment now) {
    int slot = (int) (count++ % MOST);
    points[slot] = point;
    times[slot] = time;
    heard[slot] = now.sinceBoot().toMillis();
    values[slot] = value;
  }

  /**
   * Whether this very reading came before.
   *
   * @param source as the source says it, believed or not: our own clock may have jumped meanwhile
   */
  boolean knows(Reading reading, @Nullable Instant source, Moment now) {
    if (source == null || reading.value() == null) {
      return false;
    }
    long time = source.toEpochMilli();
    long oldest = now.sinceBoot().minus(AGE).toMillis();
    int point = reading.point().index();
    for (long i = count - 1; i >= Math.max(0, count - MOST); i--) {
      int slot = (int) (i % MOST);
      if (heard[slot] < oldest) {
        return false;
      }
      if (points[slot] == point && times[slot] == time && reading.value().equals(values[slot])) {
        return true;
      }
    }
    return false;
  }
}
