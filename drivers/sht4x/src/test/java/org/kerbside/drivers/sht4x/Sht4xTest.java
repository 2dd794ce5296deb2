package org.kerbside.drivers.sht4x;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.drivers.testkit.Inputs;
import org.kerbside.drivers.testkit.Trace;
import org.kerbside.drivers.testkit.Traces;

class Sht4xTest {

  @TestFactory
  Stream<DynamicTest> decodesWhatTheBusRecorded() throws Exception {
    return Traces.replay((_, trace) -> new Sht4x(trace, trace));
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
      var trace = Trace.of("> fd", "< " + HexFormat.of().formatHex(answer));
      assertThat(Traces.told(new Sht4x(trace, trace)).getFirst())
          .as("bit %d", bit)
          .startsWith("! sht4x: the checksum of");
    }
  }
}
