package org.kerbside.drivers.lorawan;

import org.jspecify.annotations.Nullable;

/**
 * Where a whole number stands in a telegram.
 *
 * @param at offset of its first byte
 * @param mask what of it counts; its lowest bit becomes the number's
 */
record Slot(int at, Type type, long mask) {

  /** How a number is written. */
  enum Type {
    U8(1),
    S8(1),
    U16(2),
    S16(2),
    U24(3),
    U32(4),
    S32(4);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    private boolean isSigned() {
      return this == S8 || this == S16 || this == S32;
    }

    static @Nullable Type of(String word) {
      for (var type : values()) {
        if (type.name().equalsIgnoreCase(word)) {
          return type;
        }
      }
      return null;
    }
  }

  /** Which byte of a number comes first. */
  enum Order {
    LOW_FIRST,
    HIGH_FIRST
  }

  static final long WHOLE = -1;

  int end() {
    return at + type.bytes();
  }

  /** Of bytes of which there are enough from {@code from} on. */
  long read(byte[] bytes, int from, Order order) {
    long number = 0;
    for (int i = 0; i < type.bytes(); i++) {
      int place = order == Order.HIGH_FIRST ? i : type.bytes() - 1 - i;
      number = number << 8 | (bytes[from + at + place] & 0xFF);
    }
    if (mask != WHOLE) {
      return (number & mask) >>> Long.numberOfTrailingZeros(mask);
    }
    int unused = Long.SIZE - 8 * type.bytes();
    return type.isSigned() ? number << unused >> unused : number;
  }
}
