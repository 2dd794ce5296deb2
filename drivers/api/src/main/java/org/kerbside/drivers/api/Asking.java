package org.kerbside.drivers.api;

import java.time.Duration;

/** A driver of a bus on which we ask and devices answer. */
public interface Asking {

  /**
   * What came of all that was asked since the start.
   *
   * @param answered requests that were answered
   * @param refused requests that the device answers it will not
   * @param silent requests that nobody answered rightly in time
   * @param busy how long the bus was taken by them, all in all
   */
  record Traffic(long answered, long refused, long silent, Duration busy) {}

  /** Up to now. From any thread. */
  Traffic traffic();
}
