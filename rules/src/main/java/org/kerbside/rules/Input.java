package org.kerbside.rules;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Value;

/**
 * What a condition looks at.
 *
 * @param limit what it is held against, where the condition shows it
 */
record Input(Slot.Single slot, @Nullable Limit limit) {

  /** See {@link Slot.Timed#next}. */
  long next(Memory memory) {
    return slot instanceof Slot.Timed timed ? timed.next(memory, limit) : Window.NEVER;
  }

  /** How a number stands to its limit. */
  enum Sign {
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    EQUAL("=="),
    OTHER("!=");

    private final String text;

    Sign(String text) {
      this.text = text;
    }

    static @Nullable Sign of(String text) {
      for (var sign : values()) {
        if (sign.text.equals(text)) {
          return sign;
        }
      }
      return null;
    }

    /** The sign when both sides are exchanged. */
    Sign mirrored() {
      return switch (this) {
        case LESS -> MORE;
        case AT_MOST -> AT_LEAST;
        case MORE -> LESS;
        case AT_LEAST -> AT_MOST;
        case EQUAL -> EQUAL;
        case OTHER -> OTHER;
      };
    }

    boolean holds(double number, double limit) {
      return switch (this) {
        case LESS -> number < limit;
        case AT_MOST -> number <= limit;
        case MORE -> number > limit;
        case AT_LEAST -> number >= limit;
        case EQUAL -> number == limit;
        case OTHER -> number != limit;
      };
    }
  }

  /** A comparison with a number that is known at load, in the point's kept unit. */
  record Limit(Sign sign, double number) {

    Truth test(@Nullable Value value) {
      return value instanceof Value.Num(var got)
          ? Truth.of(sign.holds(got, number))
          : Truth.UNKNOWN;
    }
  }
}
