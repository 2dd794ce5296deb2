package org.kerbside.drivers.sht31;

/** The checksum of a word: polynomial 0x31, start 0xFF (data sheet SHT3x-DIS, 4.12). */
final class Crc8 {

  private static final int POLYNOMIAL = 0x31;
  private static final int START = 0xFF;

  private Crc8() {}

  /**
   * Over both bytes.
   *
   * @param word of 16 bits
   */
  static int of(int word) {
    int crc = START << 8 ^ word;
    for (int bit = 0; bit < 16; bit++) {
      crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL << 8;
    }
    return crc >>> 8 & 0xFF;
  }
}
