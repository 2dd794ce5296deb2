package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How soon the gateway calls again after a connection has ended. Ten thousand lose the same broker
 * in the same second: after a session that held, each waits a random part of {@code spread}, and
 * only then backs off from the beginning. No clock, no socket; confined to one thread.
 */
final class Comeback {

  /** Who has an emergency to tell does not wait for the others. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** What there is to tell. */
  enum Urgency {
    USUAL,
    EMERGENCY
  }

  private final Backoff backoff;
  private final Duration stable;
  private final Duration spread;

  /**
   * @param stable a session that held so long was a good one
   */
  Comeback(RandomGenerator chance, Duration stable, Duration spread) {
    this.backoff = new Backoff(chance);
    this.stable = stable;
    this.spread = spread;
  }

  /** After an attempt, or a session, that lasted so long. */
  Duration after(Duration lasted, Urgency urgency) {
    if (lasted.compareTo(stable) < 0) {
      return backoff.next();
    }
    boolean isShort =
        switch (urgency) {
          case USUAL -> false;
          case EMERGENCY -> spread.compareTo(SOON) > 0;
        };
    return backoff.fresh(isShort ? SOON : spread);
  }

  /** Two that take one session from each other must not go on at the pace of a good line. */
  Duration afterTakeOver() {
    backoff.slowDown();
    return backoff.next();
  }
}
