package org.kerbside.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * A point's value at a time, with its quality.
 *
 * @param value absent exactly when the quality is bad
 * @param at when it was measured, as the source says, or else when it was heard
 */
public record Reading(
    Point point, @Nullable Value value, Quality quality, Moment at, Timing timing) {

  /** Whose clock {@code at} is from. */
  public enum Timing {
    SOURCE,
    RECEIPT
  }

  public Reading {
    if ((value == null) != (quality instanceof Quality.Bad)) {
      throw new IllegalArgumentException(
          point + ": a reading has no value exactly when it is bad: " + value + ", " + quality);
    }
  }

  public static Reading good(Point point, Value value, Moment at, Timing timing) {
    return new Reading(point, value, Quality.GOOD, at, timing);
  }

  public static Reading bad(Point point, Reason reason, Moment at, Timing timing) {
    return new Reading(point, null, new Quality.Bad(reason), at, timing);
  }

  /** The same value, trusted less; a reason that it already has stays. */
  public Reading doubted(Reason reason) {
    return quality instanceof Quality.Good
        ? new Reading(point, value, new Quality.Uncertain(reason), at, timing)
        : this;
  }

  public boolean isBad() {
    return quality instanceof Quality.Bad;
  }

  /** Whether it says that nothing was said of its point for too long: our word, no device's. */
  public boolean isUnheard() {
    return quality instanceof Quality.Bad(var reason)
        && (reason.equals(Reason.STALE) || reason.equals(Reason.SILENT));
  }
}
