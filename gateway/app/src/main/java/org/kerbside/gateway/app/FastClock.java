package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/** A simulated site's clock: starts at any time and runs {@code speed} times as fast. */
public final class FastClock implements Clock {

  private final Instant origin;
  private final int speed;
  private final long start = System.nanoTime();

  /**
   * @param origin the site's time at the start
   * @param speed from 1 to 3,600
   */
  public FastClock(Instant origin, int speed) {
    this.origin = origin;
    this.speed = speed;
  }

  @Override
  public Moment now() {
    var passed = Duration.ofNanos(System.nanoTime() - start).multipliedBy(speed);
    return new Moment(origin.plus(passed), ClockQuality.SYNC, passed);
  }

  @Override
  public Duration real(Duration site) {
    return site.dividedBy(speed);
  }
}
