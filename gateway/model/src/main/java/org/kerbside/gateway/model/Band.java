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

  /** Enters when it differs by at least {@code share} of the last value, never less than step. */
  record Share(double share, double step) implements Band {}

  default boolean isLeft(Value last, Value now) {
    return switch (this) {
      case None() -> true;
      case Change() -> !last.equals(now);
      case Step(var step) -> differs(last, now, step);
      case Share(var share, var step) ->
          differs(
              last,
              now,
              last instanceof Value.Num(var n) ? Math.max(Math.abs(n) * share, step) : step);
    };
  }

  private static boolean differs(Value last, Value now, double step) {
    return (last instanceof Value.Num(var a) && now instanceof Value.Num(var b))
        ? Math.abs(a - b) >= step
        : !last.equals(now);
  }
}
