package org.kerbside.gateway.model;

/**
 * The dead band of a point: how far a value must move before a reading enters a frame again. State
 * takes every sample all the same.
 */
public sealed interface Band {

  /** No band: every reading enters. */
  record None() implements Band {}

  /** Every change enters. */
  record Change() implements Band {}

  /** Enters when it differs by at least {@code step}, in the point's unit. */
  record Step(double step) implements Band {}

  /**
   * Enters when it differs by at least {@code share} of the last value, never less than step. Of
   * nothing every share is nothing: what stays 0 does not enter.
   */
  record Share(double share, double step) implements Band {}

  default boolean isLeft(Value last, Value now) {
    return switch (this) {
      case None() -> true;
      case Change() -> !last.equals(now);
      case Step(var step) -> differs(last, now, step);
      case Share(var share, var step) ->
          !last.equals(now) && differs(last, now, Math.max(magnitude(last) * share, step));
    };
  }

  private static double magnitude(Value value) {
    return value instanceof Value.Num(var number) ? Math.abs(number) : 0;
  }

  private static boolean differs(Value last, Value now, double step) {
    return (last instanceof Value.Num(var a) && now instanceof Value.Num(var b))
        ? Math.abs(a - b) >= step
        : !last.equals(now);
  }
}
