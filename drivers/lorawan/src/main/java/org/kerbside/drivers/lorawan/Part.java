package org.kerbside.drivers.lorawan;

/**
 * A piece of a telegram that the profile knows.
 *
 * @param pair channel and type that stand before it, or {@link #NONE} where a telegram is one piece
 * @param from offset of its first byte
 * @param length in bytes
 */
record Part(int pair, int from, int length) {

  /** No pair stands before it. */
  static final int NONE = -1;
}
