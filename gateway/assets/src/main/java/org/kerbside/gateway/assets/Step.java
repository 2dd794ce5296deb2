package org.kerbside.gateway.assets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;

/**
 * Makes one thing of one asset: {@code (memo, reading) → memo}, and tells the turn what follows. A
 * step has no memory of its own.
 *
 * @param <M> what it remembers, immutable
 */
interface Step<M extends Step.Memo> {

  /** What a step remembers between two turns. */
  interface Memo {

    /** Writes down what a restart must not forget. */
    void note(Notes notes);
  }

  /** The point that it makes. */
  Point thing();

  M start();

  /** The memo that was noted. */
  M recall(Notes notes);

  /** By what calibration its numbers are told, as a number that another has not. */
  default double scale() {
    return Double.NaN;
  }

  /** The memo, whose numbers were told by another calibration. */
  default M rescaled(M memo) {
    return memo;
  }

  /** What was noted, brought up to what frames told after it. */
  default M resumed(M memo, Latest latest) {
    return memo;
  }

  /** The last readings of an earlier process. */
  interface Latest {

    /** Null where it is bad or was never heard. */
    @Nullable Double number(Point point);
  }

  /**
   * Takes a reading of one of its inputs, which is in memory already.
   *
   * @param input null when the time has come that {@link #wake} named
   */
  M follow(M memo, @Nullable Reading input, Turn turn);

  /** Takes an older reading than the last: it teaches nothing, and is passed on as it is. */
  default void late(M memo, Reading input, Turn turn) {
    turn.pass(input);
  }

  /** When time alone changes what it makes, since boot; null when it does not. */
  default @Nullable Duration wake(M memo) {
    return null;
  }

  /** Whether it makes something else of an asset while people work on it. */
  default boolean asksForWorks() {
    return false;
  }

  /** A step that remembers nothing. */
  interface Plain extends Step<Nothing> {

    @Override
    default Nothing start() {
      return Nothing.NOTHING;
    }

    @Override
    default Nothing recall(Notes notes) {
      return Nothing.NOTHING;
    }
  }

  /** What such a step remembers. */
  record Nothing() implements Memo {

    static final Nothing NOTHING = new Nothing();

    @Override
    public void note(Notes notes) {}
  }
}
