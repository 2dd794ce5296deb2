package org.kerbside.gateway.assets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.assets.Sight.Door;
import org.kerbside.gateway.assets.Sight.Presence;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * Door and presence → occupied. A still person vanishes from a radar and a shut door may have
 * nobody behind it, so that both are asked; no time-out frees a door that stayed shut. Times are
 * those of hearing: two devices have two clocks.
 *
 * @param eyes what sees presence
 */
record Occupied(Point occupied, @Nullable Point presence, @Nullable Point shut, Eyes eyes)
    implements Step<Occupied.Memo> {

  private static final Duration TOGETHER = Duration.ofSeconds(10);
  private static final Duration THERE = Duration.ofSeconds(5);
  private static final Duration GONE = Duration.ofSeconds(10);
  private static final Duration GONE_FROM_RADAR = Duration.ofSeconds(60);
  private static final Duration WIND = Duration.ofMinutes(10); // or a cleaner shut the door

  /** What sees presence. */
  enum Eyes {
    RADAR,
    /** Sees motion, not people: it frees nobody by itself. */
    PIR
  }

  /** What is held of a stall. */
  enum Verdict {
    UNKNOWN,
    FREE,
    OCCUPIED
  }

  /**
   * What is remembered.
   *
   * @param opened when the door was last seen open, since boot
   */
  record Memo(Sight sight, Verdict verdict, @Nullable Duration opened, @Nullable Duration begun)
      implements Step.Memo {

    @Override
    public void note(Notes notes) {
      if (!sight.equals(Sight.NOTHING)) {
        sight.note(notes);
        notes.put("verdict", verdict).time("opened", opened).time("begun", begun);
      }
    }

    Memo sees(Sight newSight, Duration now) {
      return new Memo(newSight, verdict, newSight.door() == Door.OPEN ? now : opened, begun);
    }

    Memo judged(Verdict newVerdict, Duration now) {
      return newVerdict == verdict
          ? this
          : new Memo(sight, newVerdict, opened, newVerdict == Verdict.OCCUPIED ? now : null);
    }

    /** Since the occupation began. */
    boolean hasOpened() {
      return opened != null && (begun == null || opened.compareTo(begun) >= 0);
    }
  }

  static @Nullable Occupied of(Asset stall) {
    var occupied = stall.point("occupied");
    boolean isPir =
        stall.settings().get("eyes") instanceof Value.State(var word) && word.equals("pir");
    return occupied == null
        ? null
        : new Occupied(
            occupied, stall.point("presence"), stall.point("shut"), isPir ? Eyes.PIR : Eyes.RADAR);
  }

  @Override
  public Point thing() {
    return occupied;
  }

  @Override
  public Memo start() {
    return new Memo(Sight.NOTHING, Verdict.UNKNOWN, null, null);
  }

  @Override
  public Memo recall(Notes notes) {
    return new Memo(
        Sight.recall(notes),
        notes.word("verdict", Verdict.UNKNOWN),
        notes.time("opened"),
        notes.time("begun"));
  }

  @Override
  public Memo follow(Memo before, @Nullable Reading input, Turn turn) {
    var now = turn.now().sinceBoot();
    var sight = input == null ? before.sight().asked(now) : seen(before.sight(), input, now);
    var memo = before.sees(sight, now);
    var reason = sight.useless(now);
    if (reason != null) {
      turn.tell(Reading.bad(occupied, reason, turn.now(), Reading.Timing.RECEIPT));
      return memo.judged(Verdict.UNKNOWN, now);
    }
    var judged = memo.judged(verdict(memo, now), now);
    tell(judged, now, turn);
    return judged;
  }

  private Sight seen(Sight sight, Reading input, Duration now) {
    return input.point().equals(shut) ? sight.door(input, now) : sight.presence(input, now);
  }

  private Verdict verdict(Memo memo, Duration now) {
    return switch (memo.verdict()) {
      case FREE -> isTaken(memo.sight(), now) ? Verdict.OCCUPIED : Verdict.FREE;
      case OCCUPIED -> isLeft(memo, now) ? Verdict.FREE : Verdict.OCCUPIED;
      case UNKNOWN ->
          isTaken(memo.sight(), now)
              ? Verdict.OCCUPIED
              : isLeft(memo, now) || isWind(memo.sight(), now) ? Verdict.FREE : Verdict.UNKNOWN;
    };
  }

  private static boolean isTaken(Sight sight, Duration now) {
    return switch (sight.door()) {
      case OPEN -> false;
      case SHUT ->
          switch (sight.presence()) {
            case NONE -> false;
            case SOMEBODY ->
                sight.apart().compareTo(TOGETHER) <= 0 || passed(sight.bothSince(), THERE, now);
            case UNKNOWN -> passed(sight.doorSince(), THERE, now);
          };
      case UNKNOWN ->
          sight.presence() == Presence.SOMEBODY && passed(sight.presenceSince(), THERE, now);
    };
  }

  private boolean isLeft(Memo memo, Duration now) {
    var sight = memo.sight();
    return switch (sight.presence()) {
      case SOMEBODY -> false;
      case NONE ->
          sight.door() == Door.UNKNOWN
              ? eyes == Eyes.RADAR && passed(sight.presenceSince(), GONE_FROM_RADAR, now)
              : memo.hasOpened() && passed(sight.presenceSince(), GONE, now);
      case UNKNOWN -> sight.door() == Door.OPEN && passed(sight.doorSince(), GONE, now);
    };
  }

  private static boolean isWind(Sight sight, Duration now) {
    return sight.door() == Door.SHUT
        && sight.presence() == Presence.NONE
        && passed(sight.bothSince(), WIND, now);
  }

  private static boolean passed(Duration since, Duration needed, Duration now) {
    return now.minus(since).compareTo(needed) >= 0;
  }

  private void tell(Memo memo, Duration now, Turn turn) {
    if (memo.verdict() == Verdict.UNKNOWN) {
      return; // Not decided yet: what was told last stands.
    }
    boolean isDoubted =
        memo.sight().isOneEyed() || (memo.verdict() == Verdict.FREE && isWind(memo.sight(), now));
    Quality quality = isDoubted ? new Quality.Uncertain(Reason.ONE_INPUT) : Quality.GOOD;
    turn.tell(occupied, Value.Flag.of(memo.verdict() == Verdict.OCCUPIED), quality, null);
  }

  /** The next of the times that could decide something; those that have passed decide nothing. */
  @Override
  public @Nullable Duration wake(Memo memo) {
    var sight = memo.sight();
    var asked = sight.asked();
    Duration next = null;
    for (var time :
        new Duration[] {
          sight.bothSince().plus(THERE),
          sight.doorSince().plus(THERE),
          sight.doorSince().plus(GONE),
          sight.presenceSince().plus(THERE),
          sight.presenceSince().plus(GONE),
          sight.presenceSince().plus(GONE_FROM_RADAR),
          sight.bothSince().plus(WIND),
          sight.calmAt()
        }) {
      if (time.compareTo(asked) > 0 && (next == null || time.compareTo(next) < 0)) {
        next = time;
      }
    }
    return next;
  }
}
