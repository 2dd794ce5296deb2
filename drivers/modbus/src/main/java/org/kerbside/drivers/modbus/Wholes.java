package org.kerbside.drivers.modbus;

import org.jspecify.annotations.Nullable;

/** Whole numbers as data sheets write them: {@code 0x1E}, {@code 30}, {@code -1}. */
final class Wholes {

  private Wholes() {}

  static @Nullable Long of(String text) {
    try {
      return text.startsWith("0x") || text.startsWith("0X")
          ? Long.parseUnsignedLong(text.substring(2), 16)
          : Long.parseLong(text);
    } catch (NumberFormatException none) {
      return null;
    }
  }
}
