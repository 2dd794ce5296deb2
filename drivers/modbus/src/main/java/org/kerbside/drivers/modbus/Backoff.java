package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the line is opened again: 1 s doubling to 30 s, half of it by chance. */
final class Backoff {

  private static final long FIRST_MILLIS = 1000;
  private static final long MOST_MILLIS = 30_000;

  private final DoubleSupplier chance;
  private long next = FIRST_MILLIS;

  /**
   * Starts at the first delay.
   *
   * @param chance from 0 to 1
   */
  Backoff(DoubleSupplier chance) {
    this.chance = chance;
  }

  Duration next() {
    long whole = next;
    next = Math.min(MOST_MILLIS, 2 * next);
    return Duration.ofMillis(whole / 2 + (long) (whole / 2.0 * chance.getAsDouble()));
  }

  void reset() {
    next = FIRST_MILLIS;
  }
}
