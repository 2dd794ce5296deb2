package org.kerbside.drivers.modbus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Reason;

/**
 * What has come on a serial line since we asked, and the answer in it. Searched from every byte on:
 * noise, an echo of our own, another device's late answer stand in front and are passed over.
 * Address, function, length and checksum must all fit. Not thread-safe.
 */
final class RtuWindow {

  private static final int CRC = 2;
  private static final int MOST = 1024; // bytes; four of the longest telegrams

  private final int unit;
  private final Request request;
  private byte[] bytes = new byte[0];
  private Reason reason = Reason.TIME_OUT;

  /**
   * Empty at first.
   *
   * @param unit who is to answer
   */
  RtuWindow(int unit, Request request) {
    this.unit = unit;
    this.request = request;
  }

  /** A telegram for the wire: unit, PDU, checksum. */
  static byte[] telegram(int unit, byte[] pdu) {
    byte[] telegram = Arrays.copyOf(new byte[] {(byte) unit}, 1 + pdu.length + CRC);
    System.arraycopy(pdu, 0, telegram, 1, pdu.length);
    int crc = Crc16.of(telegram, 0, 1 + pdu.length);
    telegram[telegram.length - 2] = (byte) crc;
    telegram[telegram.length - 1] = (byte) (crc >>> 8);
    return telegram;
  }

  /** What came next on the line; the PDU that answers, once it is whole. */
  byte @Nullable [] take(byte[] more) {
    int kept = Math.min(bytes.length, Math.max(0, MOST - more.length));
    byte[] joined = Arrays.copyOfRange(bytes, bytes.length - kept, bytes.length + more.length);
    System.arraycopy(more, 0, joined, kept, more.length);
    bytes = joined;
    for (int start = 0; start + 1 < bytes.length; start++) {
      var found = at(start);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Why there is no answer in it. */
  Reason reason() {
    return reason;
  }

  private byte @Nullable [] at(int start) {
    if ((bytes[start] & 0xFF) != unit) {
      return null;
    }
    int function = request.pdu()[0];
    int told = bytes[start + 1] & 0xFF;
    if (told != function && told != (function | Request.REFUSAL)) {
      return null;
    }
    int length = told == function ? request.answerLength() : Request.REFUSAL_LENGTH;
    int end = start + 1 + length;
    if (end + CRC > bytes.length) {
      return null;
    }
    if (Crc16.of(bytes, start, end) != ((bytes[end] & 0xFF) | (bytes[end + 1] & 0xFF) << 8)) {
      reason = Reason.BAD_CHECKSUM;
      return null;
    }
    byte[] pdu = Arrays.copyOfRange(bytes, start + 1, end);
    return Answer.fits(request, pdu) ? pdu : null;
  }
}
