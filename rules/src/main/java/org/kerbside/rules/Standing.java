package org.kerbside.rules;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Moment;

/** Where one rule stands on one asset. Changed in place; belongs to its {@link Memory}. */
final class Standing {
  Phase phase = Hold.QUIET;
  Truth when = Truth.UNKNOWN;
  Truth clear = Truth.UNKNOWN;
  Duration stepped = Duration.ZERO;

  // As long as the phase lasts that they are about.
  @Nullable Moment rising;
  @Nullable Moment falling;
  @Nullable Duration due;
  Phase blind = Hold.QUIET; // how long its condition has been unknown, where that matters
  Escalation[] graver = {}; // one for each of the watch's conditional steps

  // Of each order of the watch that holds for a while: until when.
  @Nullable Duration[] ends = {};

  // For as long as the alarm is not gone.
  @Nullable Alarm alarm;
  boolean isHushed; // raised and not told, because another alarm explains it or soon may
  boolean isOwed; // what went before it has not been seen by anybody, or is shelved
  @Nullable Duration released; // when it is told after all, now that its cause is gone

  // The hour in which changes are counted, and what of it was not told.
  @Nullable Duration hour;
  int told;
  int folded;
  boolean isToldUp;
  @Nullable Alarm latest;

  // For as long as the process lives.
  boolean isOff;

  // At most one deadline a standing is queued, however often it flaps; it may be an early one.
  @Nullable Duration queued;

  /** Makes room for what this watch has more than one of. */
  void begin(Watch watch) {
    ends = new @Nullable Duration[watch.orders().size()];
    graver = new Escalation[watch.graver().size()];
    Arrays.fill(graver, Escalation.NONE);
  }

  /** Whether there is anything to remember of it. */
  boolean isBegun() {
    return !phase.equals(Hold.QUIET)
        || alarm != null
        || hour != null
        || when != Truth.UNKNOWN
        || due != null
        || Doings.wake(this) != null;
  }

  /** Where a conditional step of a rule stands. */
  record Escalation(Phase phase, Truth when) {
    static final Escalation NONE = new Escalation(Hold.QUIET, Truth.UNKNOWN);
  }
}
