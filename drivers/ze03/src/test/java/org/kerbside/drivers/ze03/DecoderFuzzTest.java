package org.kerbside.drivers.ze03;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
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
    var settings = new Ze03.Settings("nh3", 2, 1, 0x04, Duration.ZERO);
    var whole = Babble.of(input);
    var slowly = Babble.slowly(input);
    var told = Traces.told(new Ze03(whole, whole, settings));
    assertThat(told).isEqualTo(Traces.told(new Ze03(slowly, slowly, settings)));
    assertThat(told.getFirst()).matches("! .*|= nh3 \\d{1,5} ppm");
  }
}
