package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;

/**
 * The board's clocks at one instant.
 *
 * @param up monotonic time since this process started
 */
record Look(Instant wall, Duration up, Kernel kernel) {

  /** What the wall clock would have shown when this process started. */
  Instant zero() {
    return wall.minus(up);
  }
}
