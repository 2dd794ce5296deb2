package org.kerbside.drivers.simulator;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * What all assets see in one step.
 *
 * @param seconds since the last step; 0 in the first
 * @param local the same instant by the site's clocks on the wall
 * @param everywhere the faults that strike the whole street
 */
record Scene(
    Instant now,
    double seconds,
    ZonedDateTime local,
    Climate.Weather weather,
    Set<Fault> everywhere) {

  /** Numbers the noise of this second. */
  long second() {
    return now.getEpochSecond();
  }

  boolean has(Fault fault) {
    return everywhere.contains(fault);
  }
}
