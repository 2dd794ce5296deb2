package org.kerbside.drivers.modbus;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a value lies in one bit or in one to four registers. */
enum Layout {
  BIT(0),
  U16(1),
  S16(1),
  U32(2),
  S32(2),
  U64(4),
  S64(4),
  F32(2),
  F64(4),
  /** The less significant half of a register. */
  LOW8(1),
  /** The more significant half of a register. */
  HIGH8(1),
  /** Four decimal digits, one in each half byte. */
  BCD16(1),
  BCD32(2);

  private static final double TWO_TO_64 = 0x1p64;

  private final int words;

  Layout(int words) {
    this.words = words;
  }

  /** Registers, or for a bit the one bit. */
  int size() {
    return Math.max(1, words);
  }

  /** What the bits of {@link Order#bits} mean; NaN where they mean no number. */
  double number(long bits) {
    return switch (this) {
      case BIT, U16, U32 -> bits;
      case S16 -> (short) bits;
      case S32 -> (int) bits;
      case S64 -> bits;
      case U64 -> bits < 0 ? bits + TWO_TO_64 : bits;
      case LOW8 -> bits & 0xFF;
      case HIGH8 -> bits >>> 8;
      // The shortest decimal that is this float: 230.2, and not 230.20001220703125 on the way up.
      case F32 -> Double.parseDouble(Float.toString(Float.intBitsToFloat((int) bits)));
      case F64 -> Double.longBitsToDouble(bits);
      case BCD16, BCD32 -> decimal(bits);
    };
  }

  private double decimal(long bits) {
    long number = 0;
    for (int shift = 16 * words - 4; shift >= 0; shift -= 4) {
      long digit = bits >>> shift & 0xF;
      if (digit > 9) {
        return Double.NaN;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** The bits that mean this number; null where none do. Whole layouts round. */
  @Nullable Long bits(double number) {
    double whole = Math.rint(number);
    return switch (this) {
      case BIT -> whole == 0 || whole == 1 ? (long) whole : null;
      case U16, U32 -> whole >= 0 && whole < Math.pow(2, 16.0 * words) ? (long) whole : null;
      case S16 -> (short) whole == whole ? (long) whole & 0xFFFF : null;
      case S32 -> (int) whole == whole ? (long) whole & 0xFFFF_FFFFL : null;
      case S64 -> Math.abs(whole) < 0x1p63 ? (long) whole : null;
      case F32 -> Float.floatToRawIntBits((float) number) & 0xFFFF_FFFFL;
      case F64 -> Double.doubleToRawLongBits(number);
      case U64, BCD16, BCD32, LOW8, HIGH8 -> null; // No device of ours is written so.
    };
  }

  /** These bits alone, as {@link Order#bits} gives them: −1 and 0xFFFF are one u16. */
  long cut(long bits) {
    return words == 4 ? bits : bits & (1L << 16 * size()) - 1;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable Layout of(String word) {
    return Stream.of(values())
        .filter(layout -> layout.word().equals(word))
        .findFirst()
        .orElse(null);
  }
}
