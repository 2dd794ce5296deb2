package org.kerbside.gateway.assets;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * Distance to the waste → how full a bin is: {@code clamp((empty − d)/(empty − full), 0, 1)}, to a
 * thousandth. No echo is no distance, and not empty; a blind sensor is full only where the bin was
 * filling; one wild value needs two more that agree. What is doubted so keeps the last fill.
 *
 * @param empty from the sensor to the floor, m
 * @param full from the sensor to the full line, m
 */
record Fill(Point fill, double empty, double full, Sky sky) implements Step<Fill.Memo> {

  private static final double PARTS = 1000; // of a whole bin
  private static final double BLIND_IF = 0.60; // filled so far before, a blind sensor is full
  private static final double STEP = 0.40; // more at once is not believed
  private static final double AGREE = 0.10; // of two fills
  private static final int AGREEING = 3;
  private static final Duration STUCK = Duration.ofHours(24);
  private static final int SAME = 8; // a sensor that speaks twice a day is not stuck after two

  /**
   * What is remembered; NaN where there is none yet.
   *
   * @param shown the last that was believed
   * @param good the last that was good
   * @param pending the wild one that waits for company, and how many agree with it
   * @param distance the last, m, said without change since {@code since}, so many times
   */
  record Memo(
      double shown,
      double good,
      double pending,
      int agreeing,
      double distance,
      @Nullable Duration since,
      int same)
      implements Step.Memo {

    static final Memo NONE = new Memo(Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN, null, 0);

    @Override
    public void note(Notes notes) {
      if (since != null) {
        notes
            .put("shown", shown)
            .put("good", good)
            .put("pending", pending)
            .put("agreeing", agreeing)
            .put("distance", distance)
            .time("since", since)
            .put("same", same);
      }
    }

    Memo said(double metres, Duration at) {
      return since != null && metres == distance
          ? new Memo(shown, good, pending, agreeing, distance, since, same + 1)
          : new Memo(shown, good, pending, agreeing, metres, at, 1);
    }

    boolean isStuck(Duration at) {
      return since != null && same >= SAME && at.minus(since).compareTo(STUCK) >= 0;
    }

    Memo waits(double share) {
      boolean agrees = agreeing > 0 && Math.abs(share - pending) <= AGREE;
      return new Memo(shown, good, share, agrees ? agreeing + 1 : 1, distance, since, same);
    }

    Memo believed(double share, boolean isGood) {
      return new Memo(share, isGood ? share : good, Double.NaN, 0, distance, since, same);
    }
  }

  static @Nullable Fill of(Asset bin, Sky sky) {
    var fill = bin.point("fill");
    double empty = bin.setting("empty", Double.NaN);
    double full = bin.setting("full", Double.NaN);
    return fill == null || !(empty - full > 0) ? null : new Fill(fill, empty, full, sky);
  }

  @Override
  public Point thing() {
    return fill;
  }

  @Override
  public double scale() {
    return Objects.hash(empty, full);
  }

  /** What was shown by another calibration says nothing of what is wild now. */
  @Override
  public Memo rescaled(Memo memo) {
    return Memo.NONE;
  }

  @Override
  public Memo start() {
    return Memo.NONE;
  }

  @Override
  public Memo recall(Notes notes) {
    return new Memo(
        notes.number("shown"),
        notes.number("good"),
        notes.number("pending"),
        (int) notes.whole("agreeing"),
        notes.number("distance"),
        notes.time("since"),
        (int) notes.whole("same"));
  }

  @Override
  public Memo follow(Memo memo, @Nullable Reading input, Turn turn) {
    if (input == null) {
      return memo;
    }
    if (!(input.value() instanceof Value.Num(var metres))) {
      turn.tell(new Reading(fill, null, input.quality(), input.at(), input.timing()));
      return memo;
    }
    var said = memo.said(metres, input.at().sinceBoot());
    return isBlind(input) ? blind(said, input, turn) : seen(said, share(metres), input, turn);
  }

  double share(double metres) {
    double share = Math.clamp((empty - metres) / (empty - full), 0, 1);
    return Math.rint(share * PARTS) / PARTS;
  }

  private static boolean isBlind(Reading distance) {
    return distance.quality() instanceof Quality.Uncertain(var reason)
        && reason.equals(Reason.BLIND_ZONE);
  }

  private Memo blind(Memo memo, Reading distance, Turn turn) {
    if (sky.isNearDew(turn)) {
      hold(memo, Reason.CONDENSATION, distance, turn);
    } else if (memo.good() >= BLIND_IF) {
      turn.tell(fill, new Value.Num(1), new Quality.Uncertain(Reason.BLIND_ZONE), distance);
    } else {
      hold(memo, Reason.BLIND_ZONE, distance, turn);
    }
    return memo;
  }

  private Memo seen(Memo memo, double share, Reading distance, Turn turn) {
    if (Math.rint(Math.abs(share - memo.shown()) * PARTS) > STEP * PARTS) {
      var waiting = memo.waits(share);
      if (waiting.agreeing() < AGREEING) {
        hold(waiting, Reason.RATE, distance, turn);
        return waiting;
      }
    }
    var quality =
        memo.isStuck(distance.at().sinceBoot())
            ? new Quality.Uncertain(Reason.STUCK)
            : distance.quality();
    turn.tell(fill, new Value.Num(share), quality, distance);
    return memo.believed(share, Emptied.isSound(quality));
  }

  /** Goes on showing what was believed last; there is no number where nothing was yet. */
  private void hold(Memo memo, Reason reason, Reading distance, Turn turn) {
    turn.tell(
        Double.isNaN(memo.shown())
            ? Reading.bad(fill, reason, distance.at(), distance.timing())
            : new Reading(
                fill,
                new Value.Num(memo.shown()),
                new Quality.Uncertain(reason),
                distance.at(),
                distance.timing()));
  }
}
