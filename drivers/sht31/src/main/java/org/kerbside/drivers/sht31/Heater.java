package org.kerbside.drivers.sht31;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the chip dries itself. Water on it stands at 100 % and does not go by itself; while it is
 * heated, and a little longer, it tells nothing of the air. For one thread.
 */
final class Heater {

  /** What is to be done with the chip. */
  enum Step {
    MEASURE,
    SWITCH_ON,
    SWITCH_OFF,
    /** Nothing: it is warm. */
    WAIT
  }

  /** Percent; what the chip tells at most, but for its noise. */
  static final double TOP = 99.9;

  private static final Duration WET = Duration.ofHours(1); // fog is over by then, or it is water
  private static final Duration HEATING = Duration.ofMinutes(1);
  private static final Duration COOLING = Duration.ofMinutes(2);

  private boolean mayBeOn = true; // an earlier process may have left it so
  private @Nullable Duration wet; // since when
  private @Nullable Duration heated; // since when

  /** What comes next. */
  Step next(Duration now) {
    if (mayBeOn) {
      return hasPassed(heated, HEATING, now) ? Step.SWITCH_OFF : Step.WAIT;
    }
    if (!hasPassed(heated, HEATING.plus(COOLING), now)) {
      return Step.WAIT;
    }
    return wet != null && hasPassed(wet, WET, now) ? Step.SWITCH_ON : Step.MEASURE;
  }

  private static boolean hasPassed(@Nullable Duration since, Duration length, Duration now) {
    return since == null || now.minus(since).compareTo(length) >= 0;
  }

  void switchedOn(Duration now) {
    mayBeOn = true;
    heated = now;
    wet = null;
  }

  void switchedOff() {
    mayBeOn = false;
  }

  /** What it told, in percent. */
  void measured(double humidity, Duration now) {
    wet = humidity < TOP ? null : wet == null ? now : wet;
  }
}
