package org.kerbside.deploy.platform.receiver;

import java.time.Duration;

/**
 * When gateways are told.
 *
 * @param interval after something came, a watermark at the latest
 * @param frames a watermark at once when the contiguous end has moved so far
 * @param holeAge a hole that is older is asked for
 */
record Pace(Duration interval, int frames, Duration holeAge) {

  /** How often it is looked after. */
  Duration tick() {
    var shorter = interval.compareTo(holeAge) < 0 ? interval : holeAge;
    return Duration.ofMillis(Math.clamp(shorter.toMillis() / 2, 20, 1000));
  }
}
