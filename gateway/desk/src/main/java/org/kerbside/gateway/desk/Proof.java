package org.kerbside.gateway.desk;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * What a move of a programme or rule still has to show. Only what was said after the move counts:
 * who says nothing is silent, which is another matter.
 *
 * @param until then it must show it
 * @param tries moves made for it, with the first
 * @param otherwise what it showed instead
 * @param lease whose lease it proves that goes on from an earlier process: nobody moves it a second
 *     time; absent of what this process moved
 */
record Proof(
    Value value,
    Moment moved,
    Moment until,
    int tries,
    @Nullable Value otherwise,
    @Nullable Issuer lease) {

  private static final double TOLERANCE = 0.02;

  /** Moves for one order; then it is told, and nothing more is tried. */
  static final int MOST_TRIES = 3;

  /** Null when it shows what was ordered. */
  @Nullable Proof after(Reading reading) {
    if (reading.at().isBefore(moved)) {
      return this;
    }
    var shown = reading.value();
    if (shown == null) {
      return silent(reading.at());
    }
    return shows(reading, value) ? null : new Proof(value, moved, until, tries, shown, lease);
  }

  /**
   * The move may never have reached who says nothing, or found it without power: what it shows when
   * it is back is what it does, and waits for nothing more. A lease keeps its time.
   */
  private Proof silent(Moment at) {
    var end = lease == null && at.isBefore(until) ? at : until;
    return new Proof(value, moved, end, tries, null, lease);
  }

  boolean isOverdue(Moment now) {
    return otherwise != null && !now.isBefore(until);
  }

  static boolean shows(Reading reading, Value wanted) {
    if (wanted instanceof Value.Num(var a) && reading.value() instanceof Value.Num(var b)) {
      return Math.abs(a - b) <= TOLERANCE;
    }
    return wanted.equals(reading.value());
  }
}
