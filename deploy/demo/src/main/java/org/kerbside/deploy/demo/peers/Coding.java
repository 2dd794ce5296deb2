package org.kerbside.deploy.demo.peers;

/** How a number stands in registers of 16 bits. No number at all is all ones. */
enum Coding {
  BIT,
  WORD,
  /** 32 bits, the high word in the first register. */
  LONG,
  /** The low word first. */
  LONG_LOW_FIRST,
  /** IEEE 754, the high word first. */
  FLOAT,
  FLOAT_LOW_FIRST;

  int[] words(double number) {
    return switch (this) {
      case BIT -> new int[] {number >= 0.5 ? 1 : 0};
      case WORD -> new int[] {Double.isNaN(number) ? 0xFFFF : (int) Math.round(number) & 0xFFFF};
      case LONG -> pair(whole(number));
      case LONG_LOW_FIRST -> turned(pair(whole(number)));
      case FLOAT -> pair(Float.floatToIntBits((float) number));
      case FLOAT_LOW_FIRST -> turned(pair(Float.floatToIntBits((float) number)));
    };
  }

  private static int whole(double number) {
    return Double.isNaN(number) ? -1 : (int) Math.round(number);
  }

  private static int[] pair(int bits) {
    return new int[] {bits >>> 16, bits & 0xFFFF};
  }

  private static int[] turned(int[] pair) {
    return new int[] {pair[1], pair[0]};
  }
}
