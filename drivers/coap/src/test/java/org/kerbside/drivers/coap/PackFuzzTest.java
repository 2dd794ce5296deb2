package org.kerbside.drivers.coap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Senml;
import org.kerbside.drivers.testkit.Inputs;

/**
 * Jazzer's target: a body is a pack or refused with a reason, as JSON and as CBOR; the first byte
 * chooses. With JAZZER_FUZZ=1 in the environment it looks for new inputs; those that it has are
 * tried again in every build, without its agent.
 */
class PackFuzzTest {

  private static final Instant NOW = Instant.parse("2026-09-21T14:13:20Z");

  @FuzzTest(maxDuration = "2m")
  @Tag("long")
  @Tag("fuzz")
  void aBodyIsAPackOrRefused(byte[] input) {
    take(input);
  }

  @Test
  void whatWasFoundOnceIsTakenOrRefused() throws Exception {
    for (byte[] input : Inputs.of(PackFuzzTest.class, "aBodyIsAPackOrRefused")) {
      take(input);
    }
  }

  private static void take(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var form = (input[0] & 1) == 0 ? Senml.Form.JSON : Senml.Form.CBOR;
    byte[] body = Arrays.copyOfRange(input, 1, input.length);
    try {
      var pack = Senml.decode(form, body, NOW);
      var again = Senml.decode(form, body, NOW);
      assertThat(again).isEqualTo(pack);
    } catch (BadTelegram told) {
      assertThat(told.getMessage()).startsWith("senml: ");
    }
  }
}
