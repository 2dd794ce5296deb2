package org.kerbside.drivers.modbus;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * Telegrams over TCP: transaction, protocol 0, length, unit, PDU (Messaging on TCP/IP V1.0b,
 * 3.1.3). Keeps what of the stream is no whole telegram yet. Not thread-safe.
 */
final class Mbap {

  private static final int HEAD = 7; // bytes up to the unit
  private static final int MOST = 253; // bytes of a PDU

  private byte[] waiting = new byte[0];

  /** One whole telegram. */
  record Telegram(int transaction, int unit, ByteBuffer pdu) {

    byte[] bytes() {
      byte[] bytes = new byte[pdu.remaining()];
      pdu.duplicate().get(bytes);
      return bytes;
    }
  }

  static byte[] telegram(int transaction, int unit, byte[] pdu) {
    return ByteBuffer.allocate(HEAD + pdu.length)
        .putShort((short) transaction)
        .putShort((short) 0)
        .putShort((short) (1 + pdu.length))
        .put((byte) unit)
        .put(pdu)
        .array();
  }

  /** What came next on the stream. */
  void take(byte[] more) {
    int before = waiting.length;
    waiting = Arrays.copyOf(waiting, before + more.length);
    System.arraycopy(more, 0, waiting, before, more.length);
  }

  /**
   * The first whole telegram that waits, or null.
   *
   * @throws Unavailable where no telegram can stand: the stream is lost, only a new one helps
   */
  @Nullable Telegram next() throws Unavailable {
    if (waiting.length < HEAD + 1) {
      return null;
    }
    var head = ByteBuffer.wrap(waiting);
    int transaction = head.getShort() & 0xFFFF;
    int protocol = head.getShort() & 0xFFFF;
    int length = head.getShort() & 0xFFFF;
    if (protocol != 0 || length < 3 || length > 1 + MOST) {
      throw new Unavailable(
          "no Modbus telegram: protocol %d, length %d, expected 0 and 3 to %d"
              .formatted(protocol, length, 1 + MOST));
    }
    int end = HEAD - 1 + length;
    if (waiting.length < end) {
      return null;
    }
    var pdu = ByteBuffer.wrap(Arrays.copyOfRange(waiting, HEAD, end)).asReadOnlyBuffer();
    int unit = waiting[HEAD - 1] & 0xFF;
    waiting = Arrays.copyOfRange(waiting, end, waiting.length);
    return new Telegram(transaction, unit, pdu);
  }
}
