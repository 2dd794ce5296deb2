package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/** The board's own clocks: the wall's for civil time, the monotonic one for ages. */
public final class SystemClock implements Clock {

  /** Earlier than this software: the board has no battery and has not heard of a time source. */
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  private final long start = System.nanoTime();

  @Override
  public Moment now() {
    var wall = Instant.now();
    var quality = wall.isBefore(BUILT) ? ClockQuality.NONE : ClockQuality.SYNC;
    return new Moment(wall, quality, Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public Duration real(Duration site) {
    return site;
  }
}
