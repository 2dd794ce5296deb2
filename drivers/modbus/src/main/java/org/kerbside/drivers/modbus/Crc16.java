package org.kerbside.drivers.modbus;

/** Modbus over Serial Line V1.02, 6.2.2: reflected polynomial A001, start FFFF, low byte first. */
final class Crc16 {

  private static final int START = 0xFFFF;
  private static final int POLYNOMIAL = 0xA001;

  private Crc16() {}

  /** Of {@code bytes[from]} up to, not with, {@code bytes[to]}. */
  static int of(byte[] bytes, int from, int to) {
    int crc = START;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
    }
    return crc;
  }
}
