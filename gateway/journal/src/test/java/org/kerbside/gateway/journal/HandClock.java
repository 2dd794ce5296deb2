package org.kerbside.gateway.journal;

import java.time.Duration;
import java.time.Instant;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/** A clock that a test turns by hand. */
final class HandClock implements Clock {

  static final Instant START = Instant.parse("2026-07-01T08:00:00Z");

  private Moment now = new Moment(START, ClockQuality.SYNC, Duration.ZERO);

  @Override
  public Moment now() {
    return now;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Duration real(Duration site) {
    return site;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Nobody knows the time: the wall shows what it shows after a start without a battery. */
  void loseTime() {
    now = new Moment(Instant.EPOCH.plus(now.sinceBoot()), ClockQuality.NONE, now.sinceBoot());
  }

  void learnTime() {
    now = new Moment(START.plus(now.sinceBoot()), ClockQuality.SYNC, now.sinceBoot());
  }

  void stepWall(Duration by) {
    now = new Moment(now.wall().plus(by), now.clock(), now.sinceBoot());
  }
}
