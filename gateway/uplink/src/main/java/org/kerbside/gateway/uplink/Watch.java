package org.kerbside.gateway.uplink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the line is alive: what waits for an answer gets one in time, and a quiet broker answers
 * pings. Instants are the clock's, in ns. Confined to the uplink's thread.
 */
final class Watch {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Deadlines deadlines;
  private long looked;
  private long progressed;

  /**
   * @param nanos when the connection began
   */
  Watch(Deadlines deadlines, long nanos) {
    this.deadlines = deadlines;
    looked = nanos;
    progressed = nanos;
  }

  /** An answer came, or the first message since all were answered went. */
  void progress(long nanos) {
    progressed = nanos;
  }

  /**
   * When to look next: a step after the last time, and not later than the deadline.
   *
   * @param waiting how many answers are
   */
  long next(int waiting) {
    long next = looked + step().toNanos();
    long end = progressed + deadlines.progress().toNanos();
    return waiting > 0 && end - next < 0 ? end : next;
  }

  /** Why the line is given up; null while it is not. */
  @Nullable String look(int waiting, Duration silence, long nanos) {
    if (nanos - next(waiting) < 0) {
      return null;
    }
    looked = nanos;
    var still = Duration.ofNanos(nanos - progressed);
    if (waiting > 0 && still.compareTo(deadlines.progress()) >= 0) {
      return "no acknowledgement for %d s with %d messages under way"
          .formatted(still.toSeconds(), waiting);
    }
    return silence.compareTo(deadlines.keepAlive().multipliedBy(2)) >= 0
        ? "the broker is silent for %d s".formatted(silence.toSeconds())
        : null;
  }

  /** Fine enough for the deadlines, coarse enough to cost nothing. */
  private Duration step() {
    var quarter = deadlines.progress().dividedBy(4);
    return quarter.compareTo(LOOK) < 0 ? quarter : LOOK;
  }
}
