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

  void stepWall(Duration by) {
    now = new Moment(now.wall().plus(by), now.clock(), now.sinceBoot());
  }
}
