package org.kerbside.drivers.sht4x;

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
    var told = Traces.told(new Sht4x(chip, chip));
    assertThat(told.getFirst()).matches("! .*|= temperature -?\\d{1,3}(\\.\\d+)? Cel");
    assertThat(told.getLast())
        .matches("! .*|= humidity \\d{1,3}(\\.\\d+)? %RH( \\(condensation\\))?");
  }
}
