package org.kerbside.gateway.uplink;

import java.time.Duration;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/**
 * Times as one frame writes them: by the wall clock, or, when nobody knows it, in milliseconds that
 * are never above zero and count back from the frame's own time since boot.
 */
record When(Moment frame) {

  boolean isRelative() {
    return frame.clock() == ClockQuality.NONE;
  }

  /** Milliseconds since 1970, or up to zero relative to the frame. */
  long millis(Moment at) {
    long ago = frame.sinceBoot().toMillis() - at.sinceBoot().toMillis();
    if (isRelative()) {
      return Math.min(0, -ago);
    }
    // Read before the clock was known: only the time since boot tells when it was.
    return at.clock() == ClockQuality.NONE
        ? frame.wall().minus(Duration.ofMillis(ago)).toEpochMilli()
        : at.wall().toEpochMilli();
  }
}
