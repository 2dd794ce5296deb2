package org.kerbside.gateway.assets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;

/**
 * What a gas cell says → what may be judged by. It says nothing while it warms up, and nothing at
 * all where its step is coarser than the limit that hangs on it.
 *
 * @param warmUp after it was first heard
 */
record Sniff(Point gas, Duration warmUp, Fineness fineness) implements Step<Sniff.Memo> {

  private static final double LIMIT = 10; // ug/m3 of H2S; 0.01 ppm are 13.9

  /** Whether a channel can tell the limit from nothing. */
  enum Fineness {
    FINE,
    COARSE
  }

  /**
   * What is remembered.
   *
   * @param since when it was first heard, since boot
   */
  record Memo(@Nullable Duration since) implements Step.Memo {

    @Override
    public void note(Notes notes) {
      notes.time("since", since);
    }
  }

  static @Nullable Sniff of(Asset air, String name) {
    var gas = air.point(name);
    double warmUp = air.setting("warm-up", 0);
    boolean isCoarse = name.equals("h2s") && air.setting("h2s-step", 0) > LIMIT;
    return gas == null
        ? null
        : new Sniff(
            gas,
            Duration.ofMillis(Math.round(warmUp * 1000)),
            isCoarse ? Fineness.COARSE : Fineness.FINE);
  }

  @Override
  public Point thing() {
    return gas;
  }

  @Override
  public Memo start() {
    return new Memo(null);
  }

  @Override
  public Memo recall(Notes notes) {
    return new Memo(notes.time("since"));
  }

  @Override
  public Memo follow(Memo memo, @Nullable Reading input, Turn turn) {
    if (input == null) {
      return memo;
    }
    var now = turn.now().sinceBoot();
    var since = memo.since() == null ? now : memo.since();
    if (input.isBad()) {
      turn.pass(input);
    } else if (now.minus(since).compareTo(warmUp) < 0) {
      turn.pass(Reading.bad(gas, Reason.WARMING_UP, input.at(), input.timing()));
    } else if (fineness == Fineness.COARSE) {
      turn.pass(Reading.bad(gas, Reason.NOT_CALIBRATED, input.at(), input.timing()));
    } else {
      turn.pass(input);
    }
    return new Memo(since);
  }
}
