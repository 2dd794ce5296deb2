package org.kerbside.drivers.api;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long a bus that is lost waits before its next try: 1 s doubling to 30 s, half of it by
 * chance. Confined to one thread.
 */
public final class Backoff {

  private static final long FIRST_MILLIS = 1000;
  private static final long MOST_MILLIS = 30_000;

  private final DoubleSupplier chance;
  private long next = FIRST_MILLIS;

  /**
   * Starts at the first delay.
   *
   * @param chance from 0 to 1
   */
  public Backoff(DoubleSupplier chance) {
    this.chance = chance;
  }

  /** After a try that came to nothing. */
  public Duration next() {
    long whole = next;
    next = Math.min(MOST_MILLIS, 2 * next);
    return Duration.ofMillis(whole / 2 + (long) (whole / 2.0 * chance.getAsDouble()));
  }

  /** After one that held: from the beginning. */
  public void reset() {
    next = FIRST_MILLIS;
  }
}
