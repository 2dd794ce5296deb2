package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Value;

class LorawanProfileTest {

  private final Mistakes mistakes = new Mistakes();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format: milesight                                                          | E001",
        "points: { a: { pair: 01 02, type: u8, unit: V } }                          | E001",
        "format: milesihgt, points: { a: { type: u8, unit: V } }                    | E104",
        "format: milesight, points: { a: { type: u8, unit: V } }                    | E001",
        "format: milesight, points: { a: { pair: 01 02, unit: V } }                 | E001",
        "format: milesight, points: { a: { pair: 01, type: u8, unit: V } }          | E104",
        "format: milesight, points: { a: { pair: xy zz, type: u8, unit: V } }       | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u9, unit: V } }       | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8 } }                | E001",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: volt } }    | E102",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V, at: -1 } } | E103",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V, mask: 0 } } | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V, sacle: 2 } } | E003",
        "format: milesight, points: { a b: { pair: 01 02, type: u8, unit: V } }     | E104",
        "format: milesight, points: { a: 7 }                                        | E004",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V, doubt: gone } } | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V, says: { x: sentinel } } } | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V, says: { 5..1: sentinel } } } | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V, says: { 5: stuck } } } | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V } }, port: 224 | E103",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V } }, class: B  | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V } }, outputs: { a: { on: 01 } } | E001",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V } }, outputs: { a: { on: 0, off: 01 } } | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V } }, outputs: { a b: { on: 01, off: 00 } } | E104",
        "format: milesight, points: { a: { pair: 01 02, type: u8, unit: V } }, lengths: { 0102: 256 } | E103",
        "format: fixed, points: { a: { at: 0, type: u8, unit: V } }                 | E001",
        "format: fixed, length: 1, points: { a: { at: 0, type: u16, unit: V } }     | E103",
      })
  void tellsWhatIsWrong(String own, String code) {
    var written = "{ profile: p, driver: lorawan, %s }".formatted(own);
    assertThat(LorawanProfile.read(Sites.written(written, mistakes), mistakes)).isNull();
    assertThat(mistakes.all()).as(own).extracting(Mistake::code).containsExactly(code);
  }

  /** Every number of two bytes, signed and unsigned, in both orders. */
  @Test
  void readsEveryNumberOfTwoBytes() throws Exception {
    var little = profile("format: milesight, points: { a: { pair: 01 02, type: s16, unit: V } }");
    var big = profile("format: fixed, length: 2, points: { a: { at: 0, type: u16, unit: V } }");
    for (int number = 0; number < 1 << 16; number++) {
      byte low = (byte) number;
      byte high = (byte) (number >> 8);
      assertThat(one(little, new byte[] {1, 2, low, high})).isEqualTo((short) number);
      assertThat(one(big, new byte[] {high, low})).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "u8, FF, 255",
    "s8, FF, -1",
    "s8, 80, -128",
    "u24, 010203, 197121",
    "u32, FFFFFFFF, 4294967295",
    "s32, FFFFFFFF, -1",
    "s32, 00000080, -2147483648",
  })
  void readsEveryType(String type, String hex, double number) throws Exception {
    var profile =
        profile(
            "format: milesight, points: { a: { pair: 01 02, type: %s, unit: V } }".formatted(type));
    assertThat(one(profile, HexFormat.of().parseHex("0102" + hex))).isEqualTo(number);
  }

  /** Each bit of a mask by itself. */
  @Test
  void aMaskPicksItsBits() throws Exception {
    for (int bit = 0; bit < 8; bit++) {
      var profile =
          profile(
              "format: milesight, points: { a: { pair: 01 02, type: u8, mask: 0x%02X, unit: V } }"
                  .formatted(1 << bit));
      for (int number = 0; number < 256; number++) {
        assertThat(one(profile, new byte[] {1, 2, (byte) number})).isEqualTo(number >> bit & 1);
      }
    }
  }

  /** Tenths as they are written, not as doubles multiply. */
  @Test
  void tenthsAreTenths() throws Exception {
    var profile =
        profile(
            "format: milesight, points: { a: { pair: 01 02, type: u16, scale: 0.1, unit: V } }");
    for (int number = 0; number < 10_000; number++) {
      var exact = Double.parseDouble(number / 10 + "." + number % 10);
      byte[] telegram = {1, 2, (byte) number, (byte) (number >> 8)};
      assertThat(one(profile, telegram)).isEqualTo(exact);
    }
  }

  /** Cut anywhere, what stood before the cut is what stands before it in the whole. */
  @Test
  void aTelegramThatIsCutSaysNoMoreThanItsBegin() throws Exception {
    var profile = Sites.shipped("em400-mud");
    byte[] whole = HexFormat.of().parseHex("01755C0367010104824408050001");
    var all = profile.decode(85, whole, null).heard();
    var lengths = List.of(3, 7, 11, 14);
    for (int cut : IntStream.range(3, whole.length).toArray()) {
      var said = profile.decode(85, java.util.Arrays.copyOf(whole, cut), null);
      int parts = (int) lengths.stream().filter(length -> length <= cut).count();
      assertThat(said.heard()).isEqualTo(all.subList(0, parts));
      assertThat(said.problems()).hasSize(lengths.contains(cut) ? 0 : 1);
    }
  }

  private static LorawanProfile profile(String own) {
    return Sites.profile("{ profile: p, driver: lorawan, %s }".formatted(own));
  }

  private static double one(LorawanProfile profile, byte[] telegram) throws Exception {
    var samples =
        profile.decode(profile.port(), telegram, null).heard().stream()
            .map(Said.Heard::sample)
            .toList();
    return samples.size() == 1 ? number(samples.getFirst()) : Double.NaN;
  }

  private static double number(Sample sample) {
    return sample.value() instanceof Value.Num(var number) ? number : Double.NaN;
  }
}
