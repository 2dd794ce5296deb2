package org.kerbside.gateway.assets;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * Power → does the lamp burn. On: at least 0.3 of what it should draw at its dimming level; off:
 * more than standby burns all the same. No reading is no verdict: neither lit nor dark.
 *
 * @param mains what tells that the supply is there: the feeder's, the cabinet's
 * @param contactor of the feeder
 */
record Lit(Point lit, Point power, Draw draw, List<Point> mains, @Nullable Point contactor)
    implements Step<Lit.Memo> {

  /** Drivers ramp and in-rush dies away: no verdict so soon after switching. */
  static final Duration SETTLE = Duration.ofSeconds(60);

  /** A street that gets its supply back starts in disorder: until then nobody knows. */
  static final Duration MAINS = Duration.ofMinutes(10);

  private static final double SHARE = 0.3;
  private static final Quality SETTLING = new Quality.Bad(Reason.WARMING_UP);

  /**
   * What is remembered; times since boot.
   *
   * @param level light ordered, 0 to 1; NaN before it was heard
   * @param closed whether the contactor is, as a number; NaN before it was heard
   * @param switched when level or contactor last changed
   * @param calm from when on a verdict may be told
   */
  record Memo(
      double level,
      double closed,
      double live,
      @Nullable Duration switched,
      @Nullable Duration calm)
      implements Step.Memo {

    static final Memo NONE = new Memo(Double.NaN, Double.NaN, Double.NaN, null, null);

    @Override
    public void note(Notes notes) {
      notes
          .put("level", level)
          .put("closed", closed)
          .put("live", live)
          .time("switched", switched)
          .time("calm", calm);
    }

    Memo sees(double newLevel, double newClosed, double newLive, Duration now) {
      boolean isSwitched = differs(level, newLevel) || differs(closed, newClosed);
      boolean isBack = live == 0 && newLive == 1;
      var wait = isBack ? now.plus(MAINS) : isSwitched ? now.plus(SETTLE) : null;
      var until = wait == null || (calm != null && calm.compareTo(wait) > 0) ? calm : wait;
      return new Memo(
          or(newLevel, level),
          or(newClosed, closed),
          or(newLive, live),
          wait == null ? switched : now,
          until);
    }

    private static boolean differs(double before, double after) {
      return !Double.isNaN(before) && !Double.isNaN(after) && before != after;
    }

    private static double or(double number, double otherwise) {
      return Double.isNaN(number) ? otherwise : number;
    }
  }

  static @Nullable Lit of(Asset lamp, @Nullable Asset feeder, List<Asset> cabinets) {
    var lit = lamp.point("lit");
    var power = lamp.point("power");
    var draw = Draw.of(lamp);
    if (lit == null || power == null || draw == null) {
      return null;
    }
    var mains =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.ofNullable(feeder), cabinets.stream())
            .map(asset -> asset.point("mains"))
            .filter(point -> point != null)
            .toList();
    return new Lit(lit, power, draw, mains, feeder == null ? null : feeder.point("contactor"));
  }

  @Override
  public Point thing() {
    return lit;
  }

  @Override
  public Memo start() {
    return Memo.NONE;
  }

  @Override
  public Memo recall(Notes notes) {
    return new Memo(
        notes.number("level"),
        notes.number("closed"),
        notes.number("live"),
        notes.time("switched"),
        notes.time("calm"));
  }

  @Override
  public @Nullable Duration wake(Memo memo) {
    return memo.calm();
  }

  @Override
  public Memo follow(Memo before, @Nullable Reading input, Turn turn) {
    var now = turn.now().sinceBoot();
    var memo = before.sees(draw.level(turn), flag(contactor, turn), live(turn), now);
    if (before.live() == 0 && memo.live() == 1) {
      var at = turn.now();
      turn.tell(new Reading(lit, null, SETTLING, at, Reading.Timing.RECEIPT));
    }
    boolean isCalm = memo.calm() == null || now.compareTo(memo.calm()) >= 0;
    boolean isAsked = input == null || input.point().equals(power);
    if (isAsked && isCalm) {
      judge(memo, turn.latest(power), turn);
    } else if (input != null && input.point().equals(power) && input.isBad()) {
      turn.tell(new Reading(lit, null, input.quality(), input.at(), input.timing()));
    }
    return isCalm
        ? new Memo(memo.level(), memo.closed(), memo.live(), memo.switched(), null)
        : memo;
  }

  /** A power that was measured before the lamp was switched says nothing of it now. */
  private void judge(Memo memo, @Nullable Reading watts, Turn turn) {
    if (watts == null
        || (memo.switched() != null && watts.at().sinceBoot().compareTo(memo.switched()) < 0)) {
      return;
    }
    if (watts.value() instanceof Value.Num(var number)) {
      boolean burns = number >= threshold(memo.level());
      turn.tell(lit, Value.Flag.of(burns), watts.quality(), watts);
    } else {
      turn.tell(new Reading(lit, null, watts.quality(), watts.at(), watts.timing()));
    }
  }

  private double threshold(double level) {
    return level <= 0
        ? Math.nextUp(draw.offMost())
        : Math.max(draw.offMost(), SHARE * draw.expected(Double.isNaN(level) ? 1 : level));
  }

  /** 0 where one of them says that it is gone; NaN where none of them says anything. */
  private double live(Turn turn) {
    double live = Double.NaN;
    for (var point : mains) {
      double one = flag(point, turn);
      live = Double.isNaN(live) ? one : Double.isNaN(one) ? live : Math.min(live, one);
    }
    return live;
  }

  private static double flag(@Nullable Point point, Turn turn) {
    var latest = turn.latest(point);
    return latest != null && latest.value() instanceof Value.Flag(var flag)
        ? flag ? 1 : 0
        : Double.NaN;
  }
}
