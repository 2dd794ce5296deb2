package org.kerbside.rules;

import static org.kerbside.rules.Truth.TRUE;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Raises what stays true for long enough and clears what stays clear for long enough. Unknown
 * neither raises nor clears; it stops the time.
 *
 * @param needed how long the condition must be true
 * @param calmNeeded how long it must be clear
 * @param steps how long it must have been true for each escalation step, rising
 */
record Hold(Duration needed, Duration calmNeeded, List<Duration> steps) {

  static final Phase QUIET = new Phase.Quiet();

  Hold {
    steps = List.copyOf(steps);
  }

  Phase next(Phase phase, Truth when, Truth clear, Duration elapsed) {
    return switch (phase) {
      case Phase.Quiet() -> when == TRUE ? rising(Duration.ZERO, when) : phase;
      case Phase.Rising(var held, var last) -> rising(grown(held, last, elapsed), when);
      case Phase.Raised(var held, var last, var step) ->
          clear == TRUE
              ? falling(held, step, Duration.ZERO, when, clear)
              : raised(grown(held, last, elapsed), when);
      case Phase.Falling(var held, var step, var calm, var last) ->
          falling(held, step, grown(calm, last, elapsed), when, clear);
    };
  }

  /** How long until this phase ends if nothing is heard; null when it does not by itself. */
  @Nullable Duration left(Phase phase) {
    return switch (phase) {
      case Phase.Quiet() -> null;
      case Phase.Rising(var held, var last) -> last == TRUE ? needed.minus(held) : null;
      case Phase.Raised(var held, var last, var step) ->
          last == TRUE && step < steps.size() ? steps.get(step).minus(held) : null;
      case Phase.Falling(var held, var step, var calm, var last) ->
          last == TRUE ? calmNeeded.minus(calm) : null;
    };
  }

  private Phase rising(Duration held, Truth when) {
    return switch (when) {
      case FALSE -> QUIET;
      case UNKNOWN -> new Phase.Rising(held, when);
      case TRUE -> held.compareTo(needed) < 0 ? new Phase.Rising(held, when) : raised(held, when);
    };
  }

  private Phase raised(Duration held, Truth when) {
    return new Phase.Raised(held, when, stepsWithin(held));
  }

  private Phase falling(Duration held, int step, Duration calm, Truth when, Truth clear) {
    return switch (clear) {
      case FALSE -> new Phase.Raised(held, when, step);
      case UNKNOWN -> new Phase.Falling(held, step, calm, clear);
      case TRUE ->
          calm.compareTo(calmNeeded) < 0 ? new Phase.Falling(held, step, calm, clear) : QUIET;
    };
  }

  private int stepsWithin(Duration held) {
    int step = 0;
    while (step < steps.size() && steps.get(step).compareTo(held) <= 0) {
      step++;
    }
    return step;
  }

  private static Duration grown(Duration held, Truth last, Duration elapsed) {
    return last == TRUE ? held.plus(elapsed) : held;
  }
}
