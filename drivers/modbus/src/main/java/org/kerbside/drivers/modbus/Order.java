package org.kerbside.drivers.modbus;

import java.util.ArrayList;
import java.util.List;

/**
 * In which order the bytes of a value come, by the letters that makers use: A is the most
 * significant of four. The same for two registers and for four.
 */
enum Order {
  /** High word first, as the specification has it. */
  ABCD,
  /** Low word first. */
  CDAB,
  /** High word first, bytes swapped. */
  BADC,
  /** Low word first, bytes swapped. */
  DCBA;

  private boolean isLowFirst() {
    return this == CDAB || this == DCBA;
  }

  private int turned(int word) {
    return this == BADC || this == DCBA ? (word << 8 | word >>> 8) & 0xFFFF : word;
  }

  /** The registers from {@code address} on as one number, the most significant first. */
  long bits(Block block, int address, int words) {
    long bits = 0;
    for (int i = 0; i < words; i++) {
      int at = isLowFirst() ? words - 1 - i : i;
      bits = bits << 16 | turned(block.word(address + at));
    }
    return bits;
  }

  /** The other way round: the registers that hold these bits. */
  List<Integer> words(long bits, int words) {
    var registers = new ArrayList<Integer>();
    for (int i = 0; i < words; i++) {
      int at = isLowFirst() ? i : words - 1 - i;
      registers.add(turned((int) (bits >>> 16 * at & 0xFFFF)));
    }
    return registers;
  }
}
