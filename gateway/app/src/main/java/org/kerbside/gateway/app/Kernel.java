package org.kerbside.gateway.app;

import java.time.Duration;

/** What the kernel says of its wall clock. */
sealed interface Kernel {

  /**
   * A time source disciplines it.
   *
   * @param within how far off it may be at most
   */
  record Synchronised(Duration within) implements Kernel {}

  /** Nothing disciplines it, or nobody can say. */
  record Free() implements Kernel {}
}
