package org.kerbside.rules;

/**
 * What one point did over a stretch of time. A value holds until the next or until it is unknown;
 * what was unknown counts for nothing, and where more than half was, so is every measure. NaN is:
 * not known. Changed in place; belongs to its {@link Memory}.
 */
sealed interface Window
    permits Sliding, Tally, Tally.Before, Count, Daily, Daily.Earlier, Habit, Habit.Valve {

  /** No time at which anything changes by itself. */
  long NEVER = Long.MAX_VALUE;

  /** From {@code now} on the value is this, or unknown; ns since boot. */
  void take(long now, double value);

  /**
   * The measure, or NaN.
   *
   * @param current the value now, which need not be taken yet
   */
  double value(Measure measure, long now, double current);

  /**
   * When the measure may next change though nothing is heard, since boot; after {@code now}.
   *
   * @param midnight when the civil day is over, since boot; {@link #NEVER} while nobody knows
   */
  long next(Measure measure, long now, long midnight);

  /** Time has passed of which this window knew nothing: all that it knows is older. */
  void age(long nanos);
}
