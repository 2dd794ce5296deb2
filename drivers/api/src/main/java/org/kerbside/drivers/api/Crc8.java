package org.kerbside.drivers.api;

/**
 * The checksum of a word as Sensirion's chips have it: polynomial 0x31, start 0xFF (data sheets
 * SHT3x-DIS, 4.12, and SHT4x, 4.4).
 */
public final class Crc8 {

  private static final int POLYNOMIAL = 0x31;
  private static final int START = 0xFF;

  private Crc8() {}

  /**
   * Over both bytes.
   *
   * @param word of 16 bits
   * @return 0 to 255
   */
  public static int of(int word) {
    int crc = START << 8 ^ word;
    for (int bit = 0; bit < 16; bit++) {
      crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL << 8;
    }
    return crc >>> 8 & 0xFF;
  }
}
