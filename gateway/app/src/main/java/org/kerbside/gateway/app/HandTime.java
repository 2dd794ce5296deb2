package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody on the spot said the time is: for as long as the process runs, whichever gateway
 * runs in it, and never on the disk. A hand's word is no evidence for the next start. Thread-safe.
 */
public final class HandTime {

  /**
   * A person's word.
   *
   * @param nanos of the board's monotonic clock, when he said it
   * @param by who
   */
  record Said(Instant wall, long nanos, String by) {

    Instant at(long now) {
      return wall.plus(Duration.ofNanos(now - nanos));
    }
  }

  private volatile @Nullable Said said;

  /** Null when nobody said anything, or something better was heard since. */
  @Nullable Said said() {
    return said;
  }

  void says(Said word) {
    said = word;
  }

  void forget() {
    said = null;
  }
}
