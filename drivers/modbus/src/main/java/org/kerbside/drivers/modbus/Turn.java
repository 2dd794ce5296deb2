package org.kerbside.drivers.modbus;

import java.time.Duration;

/**
 * When one device is asked. A request that fails is tried again behind those that are due by then,
 * so that a dead device delays each of the others by one time-out at most; one whose last poll
 * failed gets a single try, and after three a pause that doubles. Belongs to the bus's thread.
 */
final class Turn {

  private static final int PATIENT = 3; // failed polls before the first pause
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 5;

  private final Talk talk;
  private final long every;
  private final int retries;

  private long planned; // begin of this poll, by plan
  private long due;
  private int tries; // of this request, failed
  private int missed; // polls in a row
  private boolean urgent;
  private boolean passed; // since the line was lost

  /**
   * Due at once.
   *
   * @param now nanoseconds of any monotonic clock, as everywhere here
   */
  Turn(Talk talk, Duration every, int retries, long now) {
    this.talk = talk;
    this.every = every.toNanos();
    this.retries = retries;
    this.planned = now;
    this.due = now;
  }

  Talk talk() {
    return talk;
  }

  long due() {
    return due;
  }

  /** Its last poll failed. */
  boolean isSilent() {
    return missed > 0;
  }

  /** How often a request is tried in all. */
  int chances() {
    return isSilent() ? 1 : 1 + retries;
  }

  /** A request has failed. Whether it is tried again; if not, the poll has failed with it. */
  boolean failed(long now) {
    tries++;
    urgent = false;
    if (tries < chances()) {
      due = now;
      return true;
    }
    missed++;
    long pace = Math.min(every, LONGEST_PAUSE.toNanos()); // a slow one is not waited for any longer
    plan(now, Math.max(pace, pause().toNanos()));
    return false;
  }

  /** A request was answered; more of the poll may follow. */
  void answered() {
    tries = 0;
    missed = 0;
  }

  /** The poll is over, all of it answered. */
  void done(long now) {
    plan(now, every);
  }

  /** Something was written: what came of it is read at once, before who is due longer. */
  void soon(long now) {
    due = Math.min(due, now);
    urgent = true;
  }

  boolean isUrgent() {
    return urgent;
  }

  /** Its time came while there was no line: no fault of its own. */
  void passed(long now) {
    plan(now, every);
    missed = 0;
    passed = true;
  }

  /** Its time came while there was no line, and it was not asked since. */
  boolean hasPassed() {
    return passed;
  }

  /** On a line that was just opened: due at once, if its time came while there was none. */
  void begin(long now) {
    if (passed) {
      again(now);
    }
  }

  /** Due at once, whatever pause it is in: one try, where its last poll failed. */
  void again(long now) {
    planned = now;
    due = now;
    passed = false;
  }

  private void plan(long now, long pause) {
    tries = 0;
    urgent = false;
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
