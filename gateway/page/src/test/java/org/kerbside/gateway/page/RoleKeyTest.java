package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleKeyTest {

  private static final byte[] SEED = new byte[32];

  static {
    for (int i = 0; i < SEED.length; i++) {
      SEED[i] = (byte) i;
    }
  }

  private final RoleKey crew = RoleKey.of(SEED, "CD-QY-0173", Role.CREW);

  /** What the dispatcher's app must tell as well. */
  @Test
  void tellsThePublishedVector() {
    assertThat(crew.code("4711", 20727)).isEqualTo("081233");
  }

  /** RFC 4226, appendix D: the hashes of ten counters and their codes. */
  @ParameterizedTest
  @CsvSource({
    "cc93cf18508d94934c64b65d8ba7667fb7cde4b0, 755224",
    "75a48a19d4cbe100644e8ac1397eea747a2d33ab, 287082",
    "0bacb7fa082fef30782211938bc1c5e70416ff44, 359152",
    "66c28227d03a2d5529262ff016a1e6ef76557ece, 969429",
    "a904c900a64b35909874b33e61c5938a8e15ed1c, 338314",
    "a37e783d7b7233c083d4f62926c7a25f238d0316, 254676",
    "bc9cd28561042c83f219324d3c607256c03272ae, 287922",
    "a4fb960c0bc06e1eabb804e5b397cdc4b45596fa, 162583",
    "1b3c89f65e6c9e883012052823443f048b4332db, 399871",
    "1637409809a679dc698207310c8c7fc07290d9e5, 520489",
  })
  void truncatesAsTheStandardDoes(String hash, String code) {
    assertThat(RoleKey.digits(HexFormat.of().parseHex(hash))).isEqualTo(code);
  }

  /** The sign bit is cut off, and every offset reads inside the hash. */
  @Test
  void truncatesAtEveryOffset() {
    for (int offset = 0; offset < 16; offset++) {
      var hash = new byte[32];
      hash[31] = (byte) (0xF0 | offset);
      hash[offset] = (byte) 0x80;
      hash[offset + 3] = 7;
      assertThat(RoleKey.digits(hash)).as("offset %d", offset).isEqualTo("000007");
    }
  }

  @Test
  void theCodeIsOfThisGatewayRoleWorkerAndDay() {
    var codes = new HashSet<String>();
    for (var gateway : new String[] {"CD-QY-0173", "CD-QY-0174"}) {
      for (var role : new Role[] {Role.CREW, Role.INSTALLER, Role.ENGINEER}) {
        for (var worker : new String[] {"4711", "4712"}) {
          for (long day = 20727; day < 20730; day++) {
            codes.add(RoleKey.of(SEED, gateway, role).code(worker, day));
          }
        }
      }
    }
    assertThat(codes).hasSize(2 * 3 * 2 * 3);
  }

  @Test
  void isWrittenAndReadAgain() {
    assertThat(RoleKey.read(" " + crew.hex().toUpperCase(Locale.ROOT) + "\n"))
        .extracting(key -> key.code("4711", 20727))
        .isEqualTo("081233");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0011", "hunter2", "00112233445566778899aabbccddeeff"})
  void whatIsNoKeyIsNotTaken(String text) {
    assertThat(RoleKey.read(text)).isNull();
    assertThat(RoleKey.read(text + "0".repeat(65))).isNull();
  }

  @Test
  void aShortSeedIsRefused() {
    assertThatThrownBy(() -> RoleKey.of(new byte[16], "x", Role.CREW))
        .hasMessage("seed: 16 bytes, expected 32");
  }

  @Test
  void isNeverPrinted() {
    assertThat("" + crew).isEqualTo("•••");
  }
}
