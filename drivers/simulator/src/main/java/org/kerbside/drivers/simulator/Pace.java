package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a device speaks next: after its interval, shortened by chance so that a street does not
 * speak in chorus. Belongs to its body.
 */
final class Pace {

  private final Chance chance;
  private final double spread;
  private @Nullable Instant spoke;
  private long times;

  /**
   * @param spread the share of the interval by which it may be shorter
   */
  Pace(Chance chance, double spread) {
    this.chance = chance;
    this.spread = spread;
  }

  boolean isDue(Instant now, Duration interval) {
    return spoke == null || !now.isBefore(spoke.plus(shortened(interval)));
  }

  void spoken(Instant now) {
    spoke = now;
    times++;
  }

  /** How often it has spoken: numbers the noise of what it says. */
  long times() {
    return times;
  }

  private Duration shortened(Duration interval) {
    return Duration.ofMillis(Math.round(interval.toMillis() * (1 - spread * chance.even(times))));
  }
}
