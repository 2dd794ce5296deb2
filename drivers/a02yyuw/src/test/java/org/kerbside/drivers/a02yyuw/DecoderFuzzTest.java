package org.kerbside.drivers.a02yyuw;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;
import org.kerbside.drivers.testkit.Babble;
import org.kerbside.drivers.testkit.Traces;

/**
 * Jazzer's target: whatever comes on the line is read or refused, and the same in every chunking.
 * With JAZZER_FUZZ=1 in the environment it looks for new inputs; those that it has are tried again
 * in every build, without its agent.
 */
@Tag("long")
@Tag("fuzz")
class DecoderFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void aStreamIsReadOrRefused(byte[] input) throws InterruptedException {
    var whole = Babble.of(input);
    var slowly = Babble.slowly(input);
    var told = Traces.told(new A02yyuw(whole, whole, 4500));
    assertThat(told).isEqualTo(Traces.told(new A02yyuw(slowly, slowly, 4500)));
    assertThat(told.getFirst())
        .matches(
            "! .*|= distance (\\d|[12]\\d|30) mm \\(blind zone\\)|= distance [1-9]\\d{1,3} mm");
  }
}
