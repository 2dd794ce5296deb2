package org.kerbside.drivers.vl53l1x;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;
import org.kerbside.drivers.testkit.Babble;
import org.kerbside.drivers.testkit.Traces;

/**
 * Jazzer's target: whatever the chip answers is read or refused. With JAZZER_FUZZ=1 in the
 * environment it looks for new inputs; those that it has are tried again in every build, without
 * its agent.
 */
@Tag("long")
@Tag("fuzz")
class DecoderFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void anAnswerIsReadOrRefused(byte[] input) throws InterruptedException {
    var chip = Babble.of(input);
    assertThat(Traces.told(new Vl53l1x(chip, chip, new byte[91])).getFirst())
        .matches("! .*|= distance \\d{1,5} mm");
  }
}
