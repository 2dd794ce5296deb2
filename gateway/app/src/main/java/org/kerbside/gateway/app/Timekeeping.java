package org.kerbside.gateway.app;

import static org.kerbside.gateway.app.LinuxBoard.Lasting.GOES_ON_WHILE_OFF;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.KnownTime.Known;
import org.kerbside.gateway.app.LinuxBoard.Lasting;
import org.kerbside.gateway.model.ClockDoor.Answer;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event.Clock.Followed;
import org.kerbside.gateway.model.Event.Clock.Shift;

/**
 * Which wall clock is believed. Once the time is known it runs on by the monotonic clock, and the
 * board's wall clock corrects it: by little always, by much only when that is the better witness.
 * Pure.
 *
 * @param released no clock that shows less is right
 * @param known what an earlier run knew; absent on the first
 * @param boot of the machine, now
 */
record Timekeeping(Instant released, @Nullable Known known, String boot, Lasting lasting) {

  /** A wall clock that moved so much against the monotonic one was set, not slewed. */
  static final Duration STEP = Duration.ofSeconds(1);

  /** Once a time source was heard, a jump of more wants a second witness: a person's restart. */
  static final Duration FARTHEST = Duration.ofDays(1);

  /** So long after the last known time nobody's word is taken: he means another year. */
  static final Duration LONGEST_UNKNOWN = Duration.ofDays(3_653);

  /** What a free clock drifts at most, by the kernel's own reckoning: 43 s a day. */
  static final long DRIFT_PPM = 500;

  /** By whose word the time is kept. */
  enum Witness {
    /** The board's wall clock, and what disciplines it. */
    BOARD,
    /** A person's, while the board knew nothing. */
    HAND
  }

  /**
   * How the time is kept.
   *
   * @param zero the wall's time when this process started, as the gateway tells it
   * @param board likewise, as the board's wall clock last showed it
   * @param heard when a time source was last known to discipline it; absent when never
   */
  record Kept(
      Instant zero, Instant board, ClockQuality quality, @Nullable Heard heard, Witness witness) {

    /** How far off the told time may be at most; null when nobody can say. */
    @Nullable Duration within(Duration up) {
      return heard == null
          ? null
          : heard.within().plus(up.minus(heard.up()).multipliedBy(DRIFT_PPM).dividedBy(1_000_000));
    }
  }

  /** A time source: heard when, and how far off the clock may have been then. */
  record Heard(Duration up, Duration within) {}

  /** The next state, and what there is to tell. */
  record Judged(Kept kept, @Nullable Shift shift) {}

  /** No earlier is it now: what an earlier run knew, or else the release. */
  Instant floor() {
    return known == null || known.wall().isBefore(released) ? released : known.wall();
  }

  /** Where the time stands at the start. */
  Kept first(Look look) {
    return isKnown(look) ? followed(null, look) : unknown(look);
  }

  /** Whether a person's word is taken. */
  Answer answers(Kept before, Instant said) {
    if (before.quality() != ClockQuality.NONE) {
      return Answer.KNOWN;
    }
    if (said.isBefore(floor())) {
      return Answer.TOO_EARLY;
    }
    return said.isAfter(floor().plus(LONGEST_UNKNOWN)) ? Answer.TOO_LATE : Answer.SET;
  }

  /** By a person's word, whatever the board shows: held, and within no bound that anybody knows. */
  Judged told(Look look, Instant said) {
    var zero = said.minus(look.up());
    return new Judged(
        new Kept(zero, look.zero(), ClockQuality.HOLD, null, Witness.HAND), new Shift.Mapped(zero));
  }

  Judged next(Kept before, Look look) {
    if (before.quality() == ClockQuality.NONE) {
      return isKnown(look)
          ? new Judged(followed(before, look), new Shift.Mapped(look.zero()))
          : new Judged(unknown(look), null);
    }
    var jump = Duration.between(before.board(), look.zero());
    var off = Duration.between(before.zero(), look.zero());
    if (isStep(off) && isBetter(before, off, look) && isNews(before, jump, look)) {
      return new Judged(followed(before, look), new Shift.Stepped(off, Followed.YES));
    }
    return new Judged(
        isStep(off) ? held(before, look) : followed(before, look),
        isStep(jump) ? new Shift.Stepped(jump, Followed.NO) : null);
  }

  private boolean isKnown(Look look) {
    if (look.wall().isBefore(released)) {
      return false;
    }
    return switch (look.kernel()) {
      case Kernel.Synchronised synchronised -> true;
      case Kernel.Free() -> isNoEarlierThanKnown(look) && wentOn();
    };
  }

  private boolean isNoEarlierThanKnown(Look look) {
    return known == null || !look.wall().isBefore(known.wall());
  }

  private boolean wentOn() {
    return lasting == GOES_ON_WHILE_OFF
        || (known != null && !boot.isEmpty() && known.boot().equals(boot));
  }

  /** Whether the board's wall clock knows better than the time that is kept. */
  private boolean isBetter(Kept before, Duration off, Look look) {
    if (look.wall().isBefore(released)) {
      return false;
    }
    boolean near = off.abs().compareTo(FARTHEST) <= 0;
    return switch (look.kernel()) {
      case Kernel.Synchronised synchronised -> before.heard() == null || near;
      // Set by a hand: good against a battery clock, and not against a time source.
      case Kernel.Free() -> before.heard() == null && near;
    };
  }

  /** A person was believed against this very clock: only that it was set makes it a witness. */
  private static boolean isNews(Kept before, Duration jump, Look look) {
    return switch (before.witness()) {
      case BOARD -> true;
      case HAND -> look.kernel() instanceof Kernel.Synchronised || isStep(jump);
    };
  }

  private static Kept unknown(Look look) {
    return new Kept(look.zero(), look.zero(), ClockQuality.NONE, null, Witness.BOARD);
  }

  private static Kept followed(@Nullable Kept before, Look look) {
    return switch (look.kernel()) {
      case Kernel.Synchronised(var within) ->
          kept(look, ClockQuality.SYNC, new Heard(look.up(), within));
      case Kernel.Free() -> kept(look, ClockQuality.HOLD, before == null ? null : before.heard());
    };
  }

  private static Kept kept(Look look, ClockQuality quality, @Nullable Heard heard) {
    return new Kept(look.zero(), look.zero(), quality, heard, Witness.BOARD);
  }

  private static Kept held(Kept before, Look look) {
    return new Kept(
        before.zero(), look.zero(), ClockQuality.HOLD, before.heard(), before.witness());
  }

  private static boolean isStep(Duration by) {
    return by.abs().compareTo(STEP) > 0;
  }
}
