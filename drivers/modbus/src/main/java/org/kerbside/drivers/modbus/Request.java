package org.kerbside.drivers.modbus;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What a device is asked, as a PDU: function and data, without address and checksum. Its answer has
 * one length, known beforehand: that is what tells a telegram's end on a line that may lose bytes.
 */
sealed interface Request {

  /** A device that refuses answers the function with this bit, and a code. */
  int REFUSAL = 0x80;

  /** Bytes of a refusal: function and code. */
  int REFUSAL_LENGTH = 2;

  byte[] pdu();

  /** Bytes of the PDU that answers it. */
  int answerLength();

  /** Whether these bytes, of the right length, are its answer. */
  boolean isAnsweredBy(byte[] pdu);

  /** Functions 1 to 4. */
  record Read(Table table, int address, int count) implements Request {

    public Read {
      if (!exists(table, address, count)) {
        throw new IllegalArgumentException("%s: %d from %d".formatted(table, count, address));
      }
    }

    /** Whether a device may be asked so. */
    static boolean exists(Table table, int address, int count) {
      return address >= 0 && count >= 1 && address + count <= 0x10000 && count <= table.most();
    }

    @Override
    public byte[] pdu() {
      return five(table.function(), address, count);
    }

    @Override
    public int answerLength() {
      return 2 + bytes();
    }

    @Override
    public boolean isAnsweredBy(byte[] pdu) {
      return pdu.length == answerLength()
          && pdu[0] == table.function()
          && (pdu[1] & 0xFF) == bytes();
    }

    private int bytes() {
      return table.isOfBits() ? (count + 7) / 8 : 2 * count;
    }
  }

  /** Function 5, a coil, where the value is FF00 or 0; function 6, a register. */
  record WriteOne(int function, int address, int value) implements Request {

    @Override
    public byte[] pdu() {
      return five(function, address, value);
    }

    @Override
    public int answerLength() {
      return 5;
    }

    /** The answer repeats the request. */
    @Override
    public boolean isAnsweredBy(byte[] pdu) {
      return Arrays.equals(pdu, pdu());
    }
  }

  /** Function 16. */
  record WriteMany(int address, List<Integer> words) implements Request {

    static final int FUNCTION = 16;

    public WriteMany {
      words = List.copyOf(words);
    }

    @Override
    public byte[] pdu() {
      var pdu = ByteBuffer.allocate(6 + 2 * words.size());
      pdu.put(five(FUNCTION, address, words.size())).put((byte) (2 * words.size()));
      words.forEach(word -> pdu.putShort(word.shortValue()));
      return pdu.array();
    }

    @Override
    public int answerLength() {
      return 5;
    }

    @Override
    public boolean isAnsweredBy(byte[] pdu) {
      return Arrays.equals(pdu, five(FUNCTION, address, words.size()));
    }
  }

  private static byte[] five(int function, int first, int second) {
    return ByteBuffer.allocate(5)
        .put((byte) function)
        .putShort((short) first)
        .putShort((short) second)
        .array();
  }
}
