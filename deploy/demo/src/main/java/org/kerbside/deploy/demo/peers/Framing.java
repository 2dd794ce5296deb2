package org.kerbside.deploy.demo.peers;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** How a request or an answer stands on a Modbus line. */
enum Framing {
  /** Behind a header with the length. */
  TCP {
    @Override
    Telegram read(DataInputStream line) throws IOException {
      int transaction = line.readUnsignedShort();
      line.readUnsignedShort(); // always 0: Modbus
      int length = line.readUnsignedShort();
      int unit = line.readUnsignedByte();
      if (length < 6 || length > LONGEST) {
        throw new EOFException("a request of %d bytes".formatted(length));
      }
      byte[] request = new byte[length - 1];
      line.readFully(request);
      return new Telegram(transaction, unit, request);
    }

    @Override
    byte[] bytes(Telegram answer) {
      return ByteBuffer.allocate(7 + answer.pdu().length)
          .putShort((short) answer.transaction())
          .putShort((short) 0)
          .putShort((short) (1 + answer.pdu().length))
          .put((byte) answer.unit())
          .put(answer.pdu())
          .array();
    }
  },
  /** Before a sum. Requests have eight bytes: several registers at once nobody writes here. */
  RTU {
    @Override
    Telegram read(DataInputStream line) throws IOException {
      byte[] window = new byte[8];
      line.readFully(window);
      while (sum(window, 6) != sumOf(window)) { // somebody else's bytes: the next may begin it
        System.arraycopy(window, 1, window, 0, 7);
        window[7] = line.readByte();
      }
      byte[] request = new byte[5];
      System.arraycopy(window, 1, request, 0, 5);
      return new Telegram(0, window[0] & 0xFF, request);
    }

    @Override
    byte[] bytes(Telegram answer) {
      byte[] telegram = new byte[answer.pdu().length + 3];
      telegram[0] = (byte) answer.unit();
      System.arraycopy(answer.pdu(), 0, telegram, 1, answer.pdu().length);
      int sum = sum(telegram, telegram.length - 2);
      telegram[telegram.length - 2] = (byte) sum;
      telegram[telegram.length - 1] = (byte) (sum >> 8);
      return telegram;
    }
  };

  private static final int LONGEST = 254;

  /** A request or an answer. */
  static final class Telegram {

    private final int transaction;
    private final int unit;
    private final byte[] pdu;

    /**
     * One of them.
     *
     * @param transaction 0 where the line has none
     * @param pdu from the function on; not copied
     */
    Telegram(int transaction, int unit, byte[] pdu) {
      this.transaction = transaction;
      this.unit = unit;
      this.pdu = pdu;
    }

    int transaction() {
      return transaction;
    }

    int unit() {
      return unit;
    }

    byte[] pdu() {
      return pdu;
    }
  }

  /** Waits for one; {@link EOFException} at the end of the line. */
  abstract Telegram read(DataInputStream line) throws IOException;

  abstract byte[] bytes(Telegram answer);

  private static int sumOf(byte[] window) {
    return window[6] & 0xFF | (window[7] & 0xFF) << 8;
  }

  /** CRC-16, 0xA001 reflected, from 0xFFFF; the low byte goes first. */
  private static int sum(byte[] bytes, int length) {
    int sum = 0xFFFF;
    for (int i = 0; i < length; i++) {
      sum ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) == 0 ? sum >> 1 : sum >> 1 ^ 0xA001;
      }
    }
    return sum;
  }
}
