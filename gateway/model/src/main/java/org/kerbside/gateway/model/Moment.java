package org.kerbside.gateway.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time, told honestly.
 *
 * @param wall the wall clock's time, as good as {@code clock} says
 * @param clock how far {@code wall} may be trusted
 * @param sinceBoot monotonic time since this process started: ages and durations come from it alone
 */
public record Moment(Instant wall, ClockQuality clock, Duration sinceBoot) {

  /** How much later this moment is than {@code earlier}, by monotonic time. */
  public Duration since(Moment earlier) {
    return sinceBoot.minus(earlier.sinceBoot);
  }

  public boolean isBefore(Moment other) {
    return sinceBoot.compareTo(other.sinceBoot) < 0;
  }

  public Moment plus(Duration later) {
    return new Moment(wall.plus(later), clock, sinceBoot.plus(later));
  }

  /** The moment at which a source says it measured, placed on this moment's monotonic scale. */
  public Moment at(Instant source) {
    return new Moment(source, clock, sinceBoot.plus(Duration.between(wall, source)));
  }
}
