package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * Jazzer's targets, which keep the {@link Promise} for whatever it thinks of: with JAZZER_FUZZ=1 in
 * the environment it looks for new inputs, two minutes each. Those that it has are tried again in
 * every build, without its agent, by {@link DecoderCampaignTest}. The first byte of a telegram
 * chooses the profile.
 */
@Tag("long")
@Tag("fuzz")
class DecoderFuzzTest {

  private static final List<LorawanProfile> PROFILES = profiles();
  private static final EventTopic TOPIC = Sites.uplinks("24e124713b010001");

  @FuzzTest(maxDuration = "2m")
  void aTelegramIsReadOrRefused(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var profile = PROFILES.get((input[0] & 0xFF) % PROFILES.size());
    byte[] telegram = java.util.Arrays.copyOfRange(input, 1, input.length);
    assertThat(Promise.brokenBy(profile, telegram)).isEmpty();
  }

  @FuzzTest(maxDuration = "2m")
  void anEventIsReadOrRefused(byte[] body) {
    assertThat(Promise.brokenBy(TOPIC, body)).isEmpty();
  }

  private static List<LorawanProfile> profiles() {
    var profiles = new ArrayList<LorawanProfile>();
    try {
      for (var name : List.of("uc511", "gs301", "ws558", "dds75-lb", "llds12")) {
        profiles.add(Sites.shipped(name));
      }
      return profiles;
    } catch (java.io.IOException told) {
      throw new AssertionError(told);
    }
  }
}
