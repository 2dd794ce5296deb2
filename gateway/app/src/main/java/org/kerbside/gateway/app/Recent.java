package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * The readings of the last ten minutes that carry their source's time: what a message that the
 * transport says was sent before is compared with. A ring, because only what was unacknowledged can
 * come again, and that is at most a receive window. Time in which the journal keeps nothing does
 * not count: what waits for it is acknowledged to nobody. Belongs to control's thread.
 */
final class Recent {

  static final Duration AGE = Duration.ofMinutes(10);
  static final int MOST = 16_384;

  /** A CoAP message id may mean another message after that (RFC 7252 §4.8.2, EXCHANGE_LIFETIME). */
  private static final Duration KEY_AGE = Duration.ofSeconds(247);

  private static final int KEYS = 4_096;

  private final int[] points = new int[MOST];
  private final long[] times = new long[MOST]; // source's time, ms
  private final long[] heard = new long[MOST]; // since boot, ms
  private final @Nullable Value[] values = new @Nullable Value[MOST];
  private final LinkedHashMap<String, Duration> taken =
      new LinkedHashMap<>(); // key → when, by own time
  private final Predicate<String> kept;
  private long count;
  private Duration seen = Duration.ZERO; // since boot, the last turn's
  private Duration still = Duration.ZERO; // for how long nothing was kept, in all

  /**
   * @param kept whether the journal has a delivery of that key; thread-safe
   */
  Recent(Predicate<String> kept) {
    this.kept = kept;
  }

  /** A turn while the journal keeps. */
  void goesOn(Moment now) {
    seen = now.sinceBoot();
  }

  /** A turn while it refuses. */
  void standsStill(Moment now) {
    still = still.plus(now.sinceBoot().minus(seen));
    seen = now.sinceBoot();
  }

  private Duration own(Moment now) {
    return now.sinceBoot().minus(still);
  }

  /** Whether this very message is committed, or with the writer. */
  boolean knows(String key, Moment now) {
    var at = taken.get(key);
    return at != null && own(now).minus(at).compareTo(KEY_AGE) < 0 || kept.test(key);
  }

  /** The writer has them: they are committed before whatever comes later. */
  void note(List<String> keys, Moment now) {
    for (var key : keys) {
      taken.putLast(key, own(now));
    }
    while (taken.size() > KEYS) {
      taken.pollFirstEntry();
    }
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
    heard[slot] = own(now).toMillis();
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
    long oldest = own(now).minus(AGE).toMillis();
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
