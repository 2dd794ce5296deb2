package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockDoor.Answer;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/** A simulated site's clock: starts at any time and runs {@code speed} times as fast. */
public final class FastClock implements SiteClock {

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
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Duration real(Duration site) {
    return site.dividedBy(speed);
  }

  /** Nothing: its wall clock is its own, and never jumps. */
  @Override
  public void start(Consumer<Event.Clock> changes) {}

  @Override
  public Answer set(Instant said, String by, Consumer<Event.Clock> changes) {
    return Answer.KNOWN;
  }

  @Override
  public @Nullable String by() {
    return null;
  }

  @Override
  public Duration within() {
    return Duration.ZERO;
  }

  @Override
  public Instant lastKnown() {
    return origin;
  }

  @Override
  public void close() {}
}
