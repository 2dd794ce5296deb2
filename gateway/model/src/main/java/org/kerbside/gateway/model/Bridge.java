package org.kerbside.gateway.model;

import java.time.Duration;

/**
 * From an earlier process's time to this one's: as if this one had gone on where that one stood.
 * For as long as none ran, monotonic time stands still.
 *
 * @param shift what a time since the earlier start is more on this one's scale
 * @param now this process's
 */
public record Bridge(Duration shift, Moment now) {

  /** Within one process. */
  public static Bridge none(Moment now) {
    return new Bridge(Duration.ZERO, now);
  }

  public Duration over(Duration up) {
    return up.plus(shift);
  }

  /** Where nobody knew the wall's time, what is known of it now is reckoned back. */
  public Moment over(Moment moment) {
    var up = over(moment.sinceBoot());
    return moment.clock() == ClockQuality.NONE
        ? new Moment(now.wall().plus(up.minus(now.sinceBoot())), now.clock(), up)
        : new Moment(moment.wall(), moment.clock(), up);
  }
}
