package org.kerbside.drivers.ads1115;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.kerbside.drivers.testkit.Babble;
import org.kerbside.drivers.testkit.Traces;
import org.kerbside.gateway.model.Unit;

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
    var level = new Input("level", 0, Input.Span.V4_096, 150, 0, 5, Unit.METRE);
    assertThat(Traces.told(new Ads1115(chip, chip, List.of(level))).getFirst())
        .matches("! .*|= level \\d(\\.\\d+)? m");
  }
}
