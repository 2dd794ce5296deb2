package org.kerbside.drivers.sht31;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.drivers.testkit.Inputs;
import org.kerbside.drivers.testkit.Trace;
import org.kerbside.drivers.testkit.Traces;

class Sht31Test {

  private static final List<String> VOID =
      List.of("! temperature warming up", "! humidity warming up");

  @TestFactory
  Stream<DynamicTest> decodesWhatTheBusRecorded() throws Exception {
    return Traces.replay((_, trace) -> new Sht31(trace, trace));
  }

  /** They are tried without Jazzer: its agent takes longer than all of them. */
  @Test
  void whatFuzzingFoundIsReadOrRefused() throws Exception {
    var fuzz = new DecoderFuzzTest();
    for (byte[] input : Inputs.of(DecoderFuzzTest.class, "anAnswerIsReadOrRefused")) {
      fuzz.anAnswerIsReadOrRefused(input);
    }
  }

  /** Both words and both checksums count. */
  @Test
  void everyBitOfTheAnswerIsLookedAt() throws Exception {
    for (int bit = 0; bit < 48; bit++) {
      byte[] answer = Trace.bytes("66 67 a2 80 00 a2");
      answer[bit / 8] ^= (byte) (1 << bit % 8);
      var trace = Trace.of("> 30 66", "> 24 00", "< " + HexFormat.of().formatHex(answer));
      assertThat(Traces.told(new Sht31(trace, trace)).getFirst())
          .as("bit %d", bit)
          .startsWith("! sht31: the checksum of");
    }
  }

  /** An hour at 100 %: heated for a minute, void for two more, then dry. */
  @Test
  void whatStaysWetIsDried() throws Exception {
    var wet = List.of("> 24 00", "< 66 67 a2 ff ff ac");
    var dry = List.of("> 24 00", "< 66 67 a2 80 00 a2");
    var talk = Stream.of(List.of("> 30 66"), wet, wet, List.of("> 30 6d"), List.of("> 30 66"), dry);
    var trace = Trace.of(talk.flatMap(List::stream).toList());
    var sensor = new Sht31(trace, trace);
    assertThat(Traces.told(sensor)).contains("= humidity 100 %RH (condensation)");
    trace.pause(Duration.ofMinutes(59));
    assertThat(Traces.told(sensor)).contains("= humidity 100 %RH (condensation)");
    trace.pause(Duration.ofMinutes(1));
    assertThat(Traces.told(sensor)).isEqualTo(VOID);
    trace.pause(Duration.ofSeconds(59));
    assertThat(Traces.told(sensor)).isEqualTo(VOID);
    trace.pause(Duration.ofSeconds(1));
    assertThat(Traces.told(sensor)).isEqualTo(VOID);
    trace.pause(Duration.ofMinutes(2));
    assertThat(Traces.told(sensor)).contains("= humidity 50.0008 %RH");
    assertThat(trace.left()).isEmpty();
  }

  /** A heater that cannot be switched off is tried again. */
  @Test
  void whatMayBeOnIsSwitchedOff() throws Exception {
    var trace = Trace.of("> 30 66", "<", "> 30 66", "> 24 00", "< 66 67 a2 80 00 a2");
    var sensor = new Sht31(trace, trace);
    assertThat(Traces.told(sensor)).containsExactly("! nobody acknowledges");
    assertThat(Traces.told(sensor)).hasSize(2);
    assertThat(trace.left()).isEmpty();
  }
}
