package org.kerbside.drivers.lorawan;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The uplink counter of one device: what comes again, and what was lost. Heard on the bus's thread,
 * told of kept ones on the writer's. Thread-safe.
 */
final class FrameCounter {

  /** A device that repeats itself does so within seconds; one that begins anew takes longer. */
  private static final Duration REPEATED = Duration.ofSeconds(60);

  private static final long NONE = -1;

  private long newest = NONE;
  private @Nullable Kept kept;

  private record Kept(long count, Telegram telegram, Instant at) {}

  /**
   * Whether it is committed already under another id. One that is heard but not yet kept is none:
   * its first coming may still be refused.
   */
  synchronized boolean isRepeat(Event.Up up, Instant at) {
    return kept != null
        && kept.count() == up.count()
        && Duration.between(kept.at(), at).abs().compareTo(REPEATED) <= 0
        && Arrays.equals(kept.telegram().bytes(), up.telegram().bytes());
  }

  /** How many uplinks are missing between the one before and this one. */
  synchronized long hear(long count) {
    long lost = newest == NONE || count <= newest ? 0 : count - newest - 1;
    newest = count;
    return lost;
  }

  synchronized void keep(Event.Up up, Instant at) {
    kept = new Kept(up.count(), up.telegram(), at);
  }

  /** A new session counts anew. */
  synchronized void restart() {
    newest = NONE;
    kept = null;
  }
}
