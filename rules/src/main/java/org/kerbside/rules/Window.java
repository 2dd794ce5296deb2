package org.kerbside.rules;

import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;

/**
 * What one point did over a stretch of time. A value holds until the next or until it is unknown;
 * what was unknown counts for nothing, and where more than half was, so is every measure. NaN is:
 * not known. Changed in place; belongs to its {@link Memory}.
 */
sealed interface Window permits Sliding, Tally, Count, Daily, Habit, Window.View {

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

  /** What a restart must not forget; times since the boot of the process that wrote it. */
  Note note();

  /** Goes on with what was noted, if anything was. */
  void recall(Note note, Bridge bridge);

  /** A side of another window, which is what grows older and is noted. */
  sealed interface View extends Window permits Tally.Before, Daily.Earlier, Habit.Valve {

    @Override
    default void take(long now, double value) {}

    @Override
    default void age(long nanos) {}

    @Override
    default Note note() {
      return new Note();
    }

    @Override
    default void recall(Note note, Bridge bridge) {}
  }
}
