package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: full jitter under a cap that doubles from 1 s to 2 min,
 * so that ten thousand gateways do not come back at once. Confined to one thread.
 */
final class Backoff {

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(2);

  /** After this many attempts the cap no longer doubles. */
  private static final int MOST = 7;

  private final RandomGenerator chance;
  private int attempts;

  Backoff(RandomGenerator chance) {
    this.chance = chance;
  }

  /** After an attempt that came to nothing, or a session that did not hold. */
  Duration next() {
    long cap = Math.min(FIRST.toMillis() << attempts, LONGEST.toMillis());
    attempts = Math.min(attempts + 1, MOST);
    return part(Duration.ofMillis(cap));
  }

  /** After a session that held: a random part of {@code spread}, then from the beginning. */
  Duration fresh(Duration spread) {
    attempts = 0;
    return part(spread);
  }

  void reset() {
    attempts = 0;
  }

  /** What comes next is near the longest. */
  void slowDown() {
    attempts = MOST;
  }

  private Duration part(Duration most) {
    return most.isZero() ? Duration.ZERO : Duration.ofMillis(chance.nextLong(most.toMillis() + 1));
  }
}
