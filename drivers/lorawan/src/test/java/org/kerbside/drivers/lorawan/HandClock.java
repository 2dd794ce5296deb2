package org.kerbside.drivers.lorawan;

import java.time.Duration;
import java.time.Instant;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/** Time that stands still until it is told. */
final class HandClock implements Clock {

  static final Instant BEGIN = Instant.parse("2026-09-21T14:13:20Z");

  private Duration passed = Duration.ZERO;

  synchronized void pass(Duration more) {
    passed = passed.plus(more);
  }

  @Override
  public synchronized Moment now() {
    return new Moment(BEGIN.plus(passed), ClockQuality.SYNC, passed);
  }

  @Override
  public synchronized long nanos() {
    return passed.toNanos();
  }

  @Override
  public Duration real(Duration site) {
    return site;
  }
}
