package org.kerbside.drivers.ze03;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Yaml;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.Chunks;
import org.kerbside.drivers.testkit.Inputs;
import org.kerbside.drivers.testkit.Trace;
import org.kerbside.drivers.testkit.Traces;

class Ze03Test {

  private static final String[] ASKED = {
    "> ff 01 78 04 00 00 00 00 83", "> ff 01 86 00 00 00 00 00 79"
  };
  private static final Ze03.Settings WARM = new Ze03.Settings("nh3", 2, 1, 0x04, Duration.ZERO);

  @TestFactory
  Stream<DynamicTest> decodesWhatTheLineRecorded() throws Exception {
    return Traces.replay(Ze03Test::sensor);
  }

  /** They are tried without Jazzer: its agent takes longer than all of them. */
  @Test
  void whatFuzzingFoundIsReadOrRefused() throws Exception {
    var fuzz = new DecoderFuzzTest();
    for (byte[] input : Inputs.of(DecoderFuzzTest.class, "aStreamIsReadOrRefused")) {
      fuzz.aStreamIsReadOrRefused(input);
    }
  }

  /** Every value of each byte of the count, every bit of the answer. */
  @Test
  void everySingleBitErrorIsRefused() throws Exception {
    for (int count = 0; count <= 0xFFFF; count += count < 0xFF ? 1 : 0x100) {
      byte[] answer = answer(count);
      assertThat(told(List.of(answer))).containsExactly("= nh3 %d ppm".formatted(count));
      for (int bit = 0; bit < 8 * answer.length; bit++) {
        answer[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(told(List.of(answer)).getFirst()).startsWith("! no answer in");
        answer[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
  }

  @Test
  void everyChunkingDecodesTheSame() throws Exception {
    for (var pieces : Chunks.every(answer(0xFF86)).toList()) {
      assertThat(told(pieces)).containsExactly("= nh3 65414 ppm");
    }
  }

  /** Whatever comes, in whatever pieces: one end of it, and the same. */
  @Test
  @Tag("chunks")
  void noiseDecodesTheSameInEveryChunking() throws Exception {
    var campaign = Campaign.of("chunks", 2000);
    var chance = campaign.chance();
    for (int run = 0; run < campaign.n(); run++) {
      byte[] noise = new byte[30];
      chance.nextBytes(noise);
      for (int i = 0; i < 3; i++) {
        System.arraycopy(answer(chance.nextInt(0x10000)), 0, noise, chance.nextInt(21), 9);
      }
      assertThat(told(Chunks.some(noise, chance)))
          .as(campaign.toString())
          .isEqualTo(told(List.of(noise)));
    }
  }

  /** By the time since it answered first; a silence may have been a power cut. */
  @Test
  void itWarmsUpOnceItHasPower() throws Exception {
    var again = new String[] {ASKED[1], "< ff 86 00 2b 00 00 00 00 4f"};
    var trace =
        Trace.of(
            ASKED[0], again[0], again[1], again[0], again[1], again[0], again[1], again[0], "<",
            ASKED[0], again[0], again[1]);
    var sensor =
        new Ze03(trace, trace, new Ze03.Settings("nh3", 2, 1, 0x04, Duration.ofMinutes(3)));
    assertThat(Traces.told(sensor)).containsExactly("! nh3 warming up");
    trace.pause(Duration.ofSeconds(179));
    assertThat(Traces.told(sensor)).containsExactly("! nh3 warming up");
    trace.pause(Duration.ofSeconds(1));
    assertThat(Traces.told(sensor)).containsExactly("= nh3 43 ppm");
    assertThat(Traces.told(sensor)).containsExactly("! nothing came within 1 s");
    assertThat(Traces.told(sensor)).containsExactly("! nh3 warming up");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step: 0.1                       | E001 'gas' is missing
          gas: nh3                        | E001 'step' is missing
          { gas: co, step: 1 }            | E104 'co' is not a value of 'gas'
          { gas: nh3, step: 0 }           | E103 'step' is out of range
          { gas: nh3, step: 1, at: 4 }    | E104 '4' is not a value of 'at'
          { gas: nh3, step: 1, mode: 1 }  | E104 '1' is not a value of 'mode'
          """)
  void tellsWhatIsWrong(String profile, String expected) {
    var mistakes = new Mistakes();
    assertThat(Modules.ZE03.reader().read(section(profile, mistakes))).isNull();
    assertThat(mistakes.all())
        .extracting(each -> each.code() + " " + each.problem())
        .containsExactly(expected);
  }

  private static List<String> told(List<byte[]> pieces) throws InterruptedException {
    var line = Trace.coming(pieces, ASKED);
    return Traces.told(new Ze03(line, line, WARM));
  }

  private static byte[] answer(int count) {
    int high = count >> 8;
    int low = count & 0xFF;
    int sum = -(0x86 + high + low);
    return new byte[] {(byte) 0xFF, (byte) 0x86, (byte) high, (byte) low, 0, 0, 0, 0, (byte) sum};
  }

  private static PolledSensor sensor(String profile, Trace trace) {
    var mistakes = new Mistakes();
    var fitting = Modules.ZE03.reader().read(section(profile, mistakes));
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
