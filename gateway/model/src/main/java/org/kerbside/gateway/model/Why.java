package org.kerbside.gateway.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One link of the chain of inputs that made an alarm or an order so.
 *
 * @param point which input
 * @param measure what of it was asked, as {@code mean 10min} or {@code age}; absent where it was
 *     the value itself
 * @param value what it was; absent when unknown
 * @param limit what it was held against, in the unit of the value, where there is one
 * @param since since when it was so
 * @param age how long ago it was last heard, or ordered, when this was told; absent when never
 */
public record Why(
    Point point,
    @Nullable String measure,
    @Nullable Value value,
    @Nullable Double limit,
    Moment since,
    @Nullable Duration age) {

  /** A link whose value is the point's own. */
  public Why(
      Point point,
      @Nullable Value value,
      @Nullable Double limit,
      Moment since,
      @Nullable Duration age) {
    this(point, null, value, limit, since, age);
  }
}
