package org.kerbside.drivers.board;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a relay switches: once it has been as it is for its least time. What is wanted meanwhile
 * waits, the latest of it. Times are nanoseconds of any monotonic clock, and never go back.
 */
final class Relay {

  private final long leastOn;
  private final long leastOff;
  private boolean on;
  private boolean wanted;
  private @Nullable Long switched; // absent: never, so that nothing is to be waited for
  private long switches;

  /**
   * Is as it was made safe.
   *
   * @param leastOn stays on so long once it is
   * @param leastOff stays off so long once it is
   */
  Relay(boolean on, Duration leastOn, Duration leastOff) {
    this.on = on;
    this.wanted = on;
    this.leastOn = leastOn.toNanos();
    this.leastOff = leastOff.toNanos();
  }

  boolean isOn() {
    return on;
  }

  /** Since it was made. */
  long switches() {
    return switches;
  }

  /** Is so from now on, and nothing else is wanted. */
  void madeSafe(boolean safe) {
    if (on != safe) {
      switches++;
    }
    on = safe;
    wanted = safe;
    switched = null;
  }

  void wants(boolean toBeOn) {
    wanted = toBeOn;
  }

  /** When it switches; the greatest number when it does not. */
  long due() {
    if (wanted == on) {
      return Long.MAX_VALUE;
    }
    return switched == null ? Long.MIN_VALUE : switched + (on ? leastOn : leastOff);
  }

  /** Switches if it is due; whether it has. */
  boolean switches(long now) {
    if (due() > now) {
      return false;
    }
    on = wanted;
    switched = now;
    switches++;
    return true;
  }
}
