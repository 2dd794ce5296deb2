package org.kerbside.gateway.app;

import java.time.Instant;

/** The machine's own clocks. */
interface Board {

  /** Monotonic, from any origin. */
  long nanos();

  Instant wall();

  /** May take a millisecond, the first time a few hundred. */
  Kernel kernel();
}
