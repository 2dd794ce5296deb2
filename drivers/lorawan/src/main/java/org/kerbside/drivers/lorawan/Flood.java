package org.kerbside.drivers.lorawan;

import java.time.Duration;
import java.time.Instant;

/**
 * How much one device may say. It is judged by the time of its uplinks and not of their coming, so
 * that what a broker kept for us in an outage passes. Belongs to the bus's thread.
 */
final class Flood {

  /** At once; a device that sends its history stays below it. */
  static final int BURST = 60;

  /** And one more each so often; airtime allows no device more for long. */
  static final Duration EACH = Duration.ofSeconds(2);

  private double left = BURST;
  private Instant filled = Instant.EPOCH;

  boolean isOver(Instant at) {
    double more = Duration.between(filled, at).toMillis() / (double) EACH.toMillis();
    if (more > 0) {
      left = Math.min(BURST, left + more);
      filled = at;
    }
    if (left < 1) {
      return true;
    }
    left--;
    return false;
  }
}
