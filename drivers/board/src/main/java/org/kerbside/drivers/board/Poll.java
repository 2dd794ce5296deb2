package org.kerbside.drivers.board;

import java.time.Duration;

/**
 * When one device is asked. A poll that fails is tried again at once, behind those that are due by
 * then; a device whose last poll failed gets one try, and after three a pause that doubles. Belongs
 * to the bus's thread; times are nanoseconds of any monotonic clock.
 */
final class Poll {

  private static final int PATIENT = 3; // failed polls before the first pause
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 5;

  private final long every;
  private final int retries;

  private long planned;
  private long due;
  private int tries; // of this poll, failed
  private int missed; // polls in a row

  /** Due at once. */
  Poll(Duration every, int retries, long now) {
    this.every = every.toNanos();
    this.retries = retries;
    this.planned = now;
    this.due = now;
  }

  long due() {
    return due;
  }

  /** How many polls in a row came to nothing. */
  int missed() {
    return missed;
  }

  void answered(long now) {
    missed = 0;
    plan(now, every);
  }

  /** Whether it is tried again; if not, the poll has failed. */
  boolean failed(long now) {
    tries++;
    if (missed == 0 && tries <= retries) {
      due = now;
      return true;
    }
    missed++;
    long pace = Math.min(every, LONGEST_PAUSE.toNanos()); // a slow one is not waited for any longer
    plan(now, Math.max(pace, pause().toNanos()));
    return false;
  }

  /** Its time came while there was no bus: no fault of its own. */
  void passed(long now) {
    plan(now, every);
  }

  private void plan(long now, long pause) {
    tries = 0;
    planned = Math.max(planned + pause, now);
    due = planned;
  }

  private Duration pause() {
    if (missed < PATIENT) {
      return Duration.ZERO;
    }
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, missed - PATIENT));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
