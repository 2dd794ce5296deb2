package org.kerbside.drivers.ld2410;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Yaml;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.Chunks;
import org.kerbside.drivers.testkit.Inputs;
import org.kerbside.drivers.testkit.Trace;
import org.kerbside.drivers.testkit.Traces;

class Ld2410Test {

  private static final String NORMAL = "f4f3f2f1 0d00 02 aa 02 0000 00 7800 3c 7800 55 00 f8f7f6f5";
  private static final String ENGINEERING =
      "f4f3f2f1 2300 01 aa 03 5a00 64 3c00 2d 5a00 08 08 3c2205030304030605 000039101306060804"
          + "1e01 55 00 f8f7f6f5";
  private static final int REACH = 600;

  @TestFactory
  Stream<DynamicTest> decodesWhatTheLineRecorded() throws Exception {
    return Traces.replay(Ld2410Test::sensor);
  }

  /** They are tried without Jazzer: its agent takes longer than all of them. */
  @Test
  void whatFuzzingFoundIsReadOrRefused() throws Exception {
    var fuzz = new DecoderFuzzTest();
    for (byte[] input : Inputs.of(DecoderFuzzTest.class, "aStreamIsReadOrRefused")) {
      fuzz.aStreamIsReadOrRefused(input);
    }
  }

  /** All but what it measures and what it means: head, length, mode, marks, tail. */
  @ParameterizedTest
  @ValueSource(strings = {NORMAL, ENGINEERING})
  void everyBitOfItsMarksCounts(String hex) throws Exception {
    byte[] telegram = Trace.bytes(hex);
    for (int bit = 0; bit < 8 * telegram.length; bit++) {
      int at = bit / 8;
      if (at < 8 || at >= telegram.length - 6) {
        telegram[at] ^= (byte) (1 << bit % 8);
        assertThat(told(List.of(telegram)).getFirst())
            .as("bit %d", bit)
            .startsWith("! no telegram");
        telegram[at] ^= (byte) (1 << bit % 8);
      }
    }
  }

  /** Of the 256 that a byte can be, four are words. */
  @Test
  void everyOtherStateIsRefused() throws Exception {
    byte[] telegram = Trace.bytes(NORMAL);
    for (int state = 0; state < 256; state++) {
      telegram[8] = (byte) state;
      assertThat(told(List.of(telegram)).getFirst())
          .startsWith(state < 4 ? "= presence" : "! no telegram");
    }
  }

  @ParameterizedTest
  @CsvSource({NORMAL + ",= presence still", ENGINEERING + ",= presence both"})
  void everyCutOfItDecodesTheSame(String hex, String said) throws Exception {
    var ways = Chunks.twice(Trace.bytes(hex)).toList();
    for (var pieces : ways) {
      assertThat(told(pieces)).containsExactly(said);
    }
  }

  /** Whatever comes, in whatever pieces: one end of it, and the same. */
  @Test
  @Tag("chunks")
  void noiseDecodesTheSameInEveryChunking() throws Exception {
    var campaign = Campaign.of("chunks", 2000);
    var chance = campaign.chance();
    for (int run = 0; run < campaign.n(); run++) {
      var stream = new ByteArrayOutputStream();
      for (int i = 0; i < 4; i++) {
        byte[] telegram = Trace.bytes(chance.nextBoolean() ? NORMAL : ENGINEERING);
        telegram[chance.nextInt(telegram.length)] ^= (byte) (chance.nextInt(3) == 0 ? 0xF4 : 0);
        int from = chance.nextInt(telegram.length);
        stream.write(telegram, from, telegram.length - from);
      }
      byte[] noise = stream.toByteArray();
      assertThat(told(Chunks.some(noise, chance)))
          .as(campaign.toString())
          .isEqualTo(told(List.of(noise)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1m,E103", "7m,E103", "1.2,E101", "1.2Cel,E102"})
  void aReachThatItDoesNotHaveIsRefused(String reach, String code) {
    var mistakes = new Mistakes();
    assertThat(Ld2410.CHIP.reader().read(section("reach: " + reach, mistakes))).isNull();
    assertThat(mistakes.all()).extracting(each -> each.code()).containsExactly(code);
  }

  private static List<String> told(List<byte[]> pieces) throws InterruptedException {
    var line = Trace.coming(pieces);
    return Traces.told(new Ld2410(line, line, REACH));
  }

  private static PolledSensor sensor(String profile, Trace trace) {
    var mistakes = new Mistakes();
    var settings = profile.isEmpty() ? "profile: radar" : profile;
    var fitting = Ld2410.CHIP.reader().read(section(settings, mistakes));
    if (fitting == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return fitting.maker().on(trace, trace);
  }

  private static Section section(String yaml, Mistakes mistakes) {
    var section = Yaml.read("profile.yaml", yaml, mistakes);
    if (section == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return section;
  }
}
