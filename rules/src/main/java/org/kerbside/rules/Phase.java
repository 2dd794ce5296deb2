package org.kerbside.rules;

import java.time.Duration;

/** Where one rule stands on one asset. Each phase knows only what it needs. */
sealed interface Phase {

  /** Whether the alarm stands. */
  default boolean isUp() {
    return switch (this) {
      case Quiet() -> false;
      case Rising(var held, var last) -> false;
      case Raised(var held, var last, var step) -> true;
      case Falling(var held, var step, var calm, var last) -> true;
    };
  }

  /** How many escalation steps it has taken. */
  default int stepsTaken() {
    return switch (this) {
      case Quiet() -> 0;
      case Rising(var held, var last) -> 0;
      case Raised(var held, var last, var step) -> step;
      case Falling(var held, var step, var calm, var last) -> step;
    };
  }

  record Quiet() implements Phase {}

  /** True, though not yet for long enough. */
  record Rising(Duration held, Truth last) implements Phase {}

  /**
   * True for long enough, and not clear since.
   *
   * @param held how long the condition has been known to be true, hold included
   * @param step how many escalation steps that was enough for
   */
  record Raised(Duration held, Truth last, int step) implements Phase {}

  /** Clear, though not yet for long enough; {@code calm} is how long. */
  record Falling(Duration held, int step, Duration calm, Truth last) implements Phase {}
}
