package org.kerbside.drivers.modbus;

import java.nio.ByteBuffer;

/** What one read brought: bits or registers of one table, in a row. Immutable. */
final class Block {

  private final Request.Read read;
  private final ByteBuffer bytes;

  private Block(Request.Read read, ByteBuffer bytes) {
    this.read = read;
    this.bytes = bytes;
  }

  /**
   * The bytes behind function and count.
   *
   * @param pdu answers {@code read}
   */
  static Block of(Request.Read read, byte[] pdu) {
    return new Block(read, ByteBuffer.wrap(pdu.clone(), 2, pdu.length - 2).slice());
  }

  Request.Read read() {
    return read;
  }

  /** As it came. */
  byte[] pdu() {
    byte[] pdu = new byte[read.answerLength()];
    pdu[0] = read.pdu()[0];
    pdu[1] = (byte) bytes.remaining();
    bytes.duplicate().get(pdu, 2, bytes.remaining());
    return pdu;
  }

  /** A register, unsigned, by its address on the wire. */
  int word(int address) {
    return bytes.getShort(2 * (address - read.address())) & 0xFFFF;
  }

  /** A coil or discrete input, by its address on the wire. */
  boolean bit(int address) {
    int index = address - read.address();
    return (bytes.get(index / 8) >>> index % 8 & 1) == 1;
  }
}
