package org.kerbside.gateway.model;

import java.time.Duration;

/** The site's clock: simulated in the demo, so that a day passes in minutes. Thread-safe. */
public interface Clock {

  Moment now();

  /**
   * Real monotonic time from any origin, in ns: for waits, paces and deadlines that no simulated
   * day makes shorter.
   */
  long nanos();

  /** How long to wait in real time until {@code site} has passed on this clock. */
  Duration real(Duration site);
}
