package org.kerbside.gateway.uplink;

import java.util.random.RandomGenerator;

/**
 * What the broker's refusals do to the pace of one lane: its frames stop, wait, and go on one by
 * one until one is taken. A refused frame stays in the journal. Confined to the uplink's thread.
 */
final class Refusals {

  private enum Pace {
    FREE,
    HELD,
    PROBING
  }

  private final Backoff backoff;
  private Pace pace = Pace.FREE;
  private long until;

  Refusals(RandomGenerator chance) {
    backoff = new Backoff(chance);
  }

  void refused(long nanos) {
    if (pace != Pace.HELD) {
      pace = Pace.HELD;
      until = nanos + Backoff.FIRST.plus(backoff.next()).toNanos();
    }
  }

  /** A frame was taken. True when that ends the slow pace. */
  boolean endWithTaken() {
    if (pace != Pace.PROBING) {
      return false;
    }
    pace = Pace.FREE;
    backoff.reset();
    return true;
  }

  /** True once when the wait is over and every answer is in: begin again from the oldest. */
  boolean isOver(int framesInFlight, long nanos) {
    if (pace == Pace.HELD && framesInFlight == 0 && nanos - until >= 0) {
      pace = Pace.PROBING;
      return true;
    }
    return false;
  }

  boolean allow(int framesInFlight) {
    return switch (pace) {
      case FREE -> true;
      case HELD -> false;
      case PROBING -> framesInFlight == 0;
    };
  }
}
