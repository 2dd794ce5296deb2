package org.kerbside.drivers.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Crc8Test {

  /** Sensirion's own example: data sheets SHT3x-DIS, table 20, and SHT4x, 4.4. */
  @Test
  void theChecksumIsTheDataSheets() {
    assertThat(Crc8.of(0xBEEF)).isEqualTo(0x92);
  }

  /** Every word that a chip can tell, with each of its bits bent. */
  @Test
  void everySingleBitErrorIsRefused() {
    for (int word = 0; word <= 0xFFFF; word++) {
      int sum = Crc8.of(word);
      for (int bit = 0; bit < 16; bit++) {
        assertThat(Crc8.of(word ^ 1 << bit)).isNotEqualTo(sum);
      }
    }
  }
}
