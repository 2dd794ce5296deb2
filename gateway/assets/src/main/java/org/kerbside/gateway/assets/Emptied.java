package org.kerbside.gateway.assets;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * Fill → how often a bin was emptied: a fall between two good fills, however far apart.
 *
 * @param scale of the fills: a fill that another calibration makes another is no fall
 */
record Emptied(Point emptied, double scale) implements Step<Emptied.Memo> {

  private static final double FALL = 0.50; // of the bin

  /**
   * What is remembered.
   *
   * @param good the last good fill, NaN before the first
   */
  record Memo(double good, long times) implements Step.Memo {

    @Override
    public void note(Notes notes) {
      if (!Double.isNaN(good)) {
        notes.put("good", good).put("times", times);
      }
    }
  }

  static @Nullable Emptied of(Asset bin) {
    var emptied = bin.point("emptied");
    return emptied == null ? null : new Emptied(emptied, fill(bin));
  }

  private static double fill(Asset bin) {
    return Objects.hash(bin.setting("empty", Double.NaN), bin.setting("full", Double.NaN));
  }

  /** A doubt that is not one of the value: good, but for the air's temperature or the time. */
  static boolean isSound(Quality quality) {
    return switch (quality) {
      case Quality.Good() -> true;
      case Quality.Uncertain(var reason) ->
          reason.equals(Reason.ONE_INPUT) || reason.equals(Reason.SOURCE_TIME);
      case Quality.Bad(var reason) -> false;
    };
  }

  private static boolean isStuck(Quality quality) {
    return quality instanceof Quality.Uncertain(var reason) && reason.equals(Reason.STUCK);
  }

  @Override
  public Point thing() {
    return emptied;
  }

  @Override
  public Memo start() {
    return new Memo(Double.NaN, 0);
  }

  @Override
  public Memo recall(Notes notes) {
    return new Memo(notes.number("good"), notes.whole("times"));
  }

  @Override
  public Memo rescaled(Memo memo) {
    return new Memo(Double.NaN, memo.times());
  }

  @Override
  public Memo follow(Memo memo, @Nullable Reading fill, Turn turn) {
    if (fill != null && isStuck(fill.quality()) && !Double.isNaN(memo.good())) {
      var times = new Value.Num((double) turn.atLeast(emptied, memo.times()));
      turn.tell(emptied, times, fill.quality(), fill); // A sensor that is stuck sees no fall.
      return memo;
    }
    if (fill == null
        || !isSound(fill.quality())
        || !(fill.value() instanceof Value.Num(var share))) {
      return memo;
    }
    // In thousandths, as fills are: .9 and .4 differ by .50, in binary by a hair less.
    boolean fell = Math.rint((memo.good() - share) * 1000) >= FALL * 1000;
    long times = turn.atLeast(emptied, memo.times()) + (fell ? 1 : 0);
    turn.tell(emptied, new Value.Num((double) times), Quality.GOOD, fill);
    return new Memo(share, times);
  }
}
