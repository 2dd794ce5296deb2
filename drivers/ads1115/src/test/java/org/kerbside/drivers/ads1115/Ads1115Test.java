package org.kerbside.drivers.ads1115;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Yaml;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Inputs;
import org.kerbside.drivers.testkit.Trace;
import org.kerbside.drivers.testkit.Traces;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

class Ads1115Test {

  private static final Input LEVEL =
      new Input("level", 0, Input.Span.V4_096, 150, 0, 5, Unit.METRE);

  @TestFactory
  Stream<DynamicTest> decodesWhatTheBusRecorded() throws Exception {
    return Traces.replay(Ads1115Test::sensor);
  }

  /** They are tried without Jazzer: its agent takes longer than all of them. */
  @Test
  void whatFuzzingFoundIsReadOrRefused() throws Exception {
    var fuzz = new DecoderFuzzTest();
    for (byte[] input : Inputs.of(DecoderFuzzTest.class, "anAnswerIsReadOrRefused")) {
      fuzz.anAnswerIsReadOrRefused(input);
    }
  }

  /** Every number that the chip can tell: a broken wire, a value within both ends, a short. */
  @Test
  void everyNumberIsAValueOrAReason() {
    double last = 0;
    for (int raw = -32_768; raw <= 32_767; raw++) {
      var sample = LEVEL.sample(raw & 0xFFFF);
      if (raw < 4320) { // 3.6 mA
        assertThat(sample).isEqualTo(Sample.bad("level", Reason.WIRE_BROKEN));
      } else if (raw > 25_200) { // 21 mA
        assertThat(sample).isEqualTo(Sample.bad("level", Reason.WIRE_SHORT));
      } else {
        double metres = sample.value() instanceof Value.Num(var number) ? number : -1;
        assertThat(metres).isBetween(last, 5 * 17 / 16.0 + 1e-9);
        last = metres;
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          speed: 3                                                        | E001 'points' is missing
          points: { level: 0 }                                            | E004 'level' has the wrong shape
          points: { level: { input: 4, unit: m, from: 0, to: 5 } }        | E103 '4' is no input
          points: { level: { unit: m, from: 0, to: 5 } }                  | E001 'input' is missing
          points: { level: { input: 0, unit: m, to: 5 } }                 | E001 'from' is missing
          points: { level: { input: 0, from: 0, to: 5 } }                 | E001 'unit' is missing
          points: { level: { input: 0, unit: m, from: 0, to: 5, shunt: 1 } } | E103 'shunt' is out of range
          points: { level: { input: 0, unit: m, from: 0, to: 5, span: 3V } } | E104 '3V' is not a value of 'span'
          points: { level: { input: 0, unit: m, from: 0, to: 5, shunt: 250 } } | E103 21 mA across 250.0 ohm are more than 4.096 V: a short would not be seen
          points: { level: { input: 0, unit: m, from: 0, to: 5, volt: 3 } } | E003 'volt' is not a setting of a point of ads1115
          points: { a: { input: 0, unit: m, from: 0, to: 5 }, b: { input: 0, unit: m, from: 0, to: 5 } } | E005 input 0 is another point's already
          """)
  void tellsWhatIsWrong(String profile, String expected) {
    var mistakes = new Mistakes();
    assertThat(InputReader.read(section(profile, mistakes))).isNull();
    assertThat(mistakes.all())
        .extracting(each -> each.code() + " " + each.problem())
        .containsExactly(expected);
  }

  @Test
  void everySpanHasItsBits() {
    var configs =
        Map.of("6.144V", "c1 83", "4.096V", "c3 83", "2.048V", "c5 83", "1.024V", "c7 83");
    configs.forEach(
        (span, config) -> {
          var trace = Trace.of("> 01 " + config, "> 01", "< " + config, "> 00", "< 10 00");
          var settings =
              "points: { level: { input: 0, unit: m, from: 0, to: 5, shunt: 10, span: %s } }"
                  .formatted(span);
          assertThat(read(sensor(settings, trace))).as(span).hasSize(1);
          assertThat(trace.left()).isEmpty();
        });
  }

  private static List<String> read(PolledSensor sensor) {
    try {
      return Traces.told(sensor);
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  private static PolledSensor sensor(String profile, Trace trace) {
    var mistakes = new Mistakes();
    var fitting = InputReader.read(section(profile, mistakes));
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
