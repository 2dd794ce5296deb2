package org.kerbside.drivers.board;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.gateway.model.Unit;

/** What is wired to a line, and how it is treated. Which point it is for the site says. */
sealed interface PinProfile {

  /** Null when a mistake was told. */
  static @Nullable PinProfile read(Profile profile, Mistakes mistakes) {
    return new PinProfileReader(profile, mistakes).read();
  }

  /**
   * A contact, a button, a motion detector.
   *
   * @param on the level at which the point is true
   * @param warmUp says nothing of use for so long after it has got power
   * @param words for a point of words: off and on; absent for a flag
   */
  record Input(
      Pull pull, Level on, Contact.Treatment treatment, Duration warmUp, @Nullable Words words)
      implements PinProfile {}

  /** A contact of a relay, to ground: closed when the relay is on. */
  static Input feedback() {
    var treatment =
        new Contact.Treatment(
            PinProfileReader.DEBOUNCE.toNanos(),
            PinProfileReader.FLAPS,
            PinProfileReader.WITHIN.toNanos());
    return new Input(Pull.UP, Level.LOW, treatment, Duration.ZERO, null);
  }

  /** The two words of a point. */
  record Words(String off, String on) {}

  /**
   * A wheel with a magnet, a tipping bucket.
   *
   * @param edge at which a pulse is counted
   * @param debounce absent where it follows from the greatest pace
   * @param most pulses a second; absent where the asset's meter says
   * @param step what one pulse is
   */
  record Pulses(
      Pull pull,
      Level edge,
      @Nullable Duration debounce,
      @Nullable Double most,
      double step,
      @Nullable Unit unit)
      implements PinProfile {}

  /**
   * A relay, a valve.
   *
   * @param on the level that switches it on
   * @param safe whether it is on when nobody orders
   */
  record Switch(Level on, boolean safe, Duration leastOn, Duration leastOff)
      implements PinProfile {}

  /**
   * A dimmer.
   *
   * @param period of its PWM
   * @param safe light when nobody orders, 0 to 1
   */
  record Dimmer(Duration period, double safe, Curve curve) implements PinProfile {}
}
