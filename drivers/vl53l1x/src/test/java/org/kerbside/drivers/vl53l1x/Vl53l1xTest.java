package org.kerbside.drivers.vl53l1x;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Yaml;
import org.kerbside.drivers.testkit.Inputs;
import org.kerbside.drivers.testkit.Traces;
import org.kerbside.gateway.model.Reason;

class Vl53l1xTest {

  /** Three of ours, so that a trace can be read; the maker's 91 are the site's. */
  private static final byte[] SETTINGS = {0x11, 0x22, 0x33};

  @TestFactory
  Stream<DynamicTest> decodesWhatTheBusRecorded() throws Exception {
    return Traces.replay((_, trace) -> new Vl53l1x(trace, trace, SETTINGS));
  }

  /** They are tried without Jazzer: its agent takes longer than all of them. */
  @Test
  void whatFuzzingFoundIsReadOrRefused() throws Exception {
    var fuzz = new DecoderFuzzTest();
    for (byte[] input : Inputs.of(DecoderFuzzTest.class, "anAnswerIsReadOrRefused")) {
      fuzz.anAnswerIsReadOrRefused(input);
    }
  }

  /** Of all 256 that the register can be, those with range complete in their low five bits. */
  @Test
  void onlyRangeCompleteIsADistance() {
    var distances = IntStream.range(0, 256).filter(status -> Status.reason(status) == null);
    assertThat(distances.boxed()).allMatch(status -> (status & 0x1F) == 9).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({
    "3, device error", "4, no echo", "5, out of range", "6, no echo", "7, out of range",
    "8, out of range", "12, device error", "23, no echo", "0, device error", "31, device error"
  })
  void eachOtherStatusHasItsReason(int status, String reason) {
    assertThat(Status.reason(status)).isEqualTo(new Reason(reason));
  }

  @Test
  void itsSettingsAreTheSites() {
    var mistakes = new Mistakes();
    var init = "init: \"" + "0x00, ".repeat(90) + "01\"";
    assertThat(FirstSettings.fitting(section(init, mistakes))).isNotNull();
    assertThat(mistakes.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"init: \"00 01\"", "init: nothing", "speed: 1"})
  void withoutThemItIsRefused(String profile) {
    var mistakes = new Mistakes();
    assertThat(FirstSettings.fitting(section(profile, mistakes))).isNull();
    assertThat(mistakes.all()).hasSize(1);
  }

  private static Section section(String yaml, Mistakes mistakes) {
    var section = Yaml.read("profile.yaml", yaml, mistakes);
    if (section == null) {
      throw new AssertionError(mistakes.all().toString());
    }
    return section;
  }
}
