package org.kerbside.drivers.board;

import org.jspecify.annotations.Nullable;
import org.kerbside.config.Section;

/** Whole numbers as people write them. */
final class Whole {

  private Whole() {}

  /** A setting; null when it is missing or no whole number in the range, which is told. */
  static @Nullable Integer read(Section own, String key, int least, int most) {
    var number = own.number(key);
    if (number == null) {
      return null;
    }
    if (number != Math.rint(number) || number < least || number > most) {
      own.mistakes()
          .add(
              own.markOf(key),
              "E103",
              "'%s' is out of range".formatted(key),
              "write a whole number, %d to %d".formatted(least, most));
      return null;
    }
    return number.intValue();
  }

  /** An address of digits, or of {@code 0x} and hexadecimal ones; null when it is none. */
  static @Nullable Integer address(String written) {
    try {
      return written.matches("0x[0-9a-fA-F]{1,4}")
          ? Integer.valueOf(written.substring(2), 16)
          : written.matches("0|[1-9]\\d{0,3}") ? Integer.valueOf(written) : null;
    } catch (NumberFormatException never) {
      throw new IllegalStateException(never);
    }
  }
}
