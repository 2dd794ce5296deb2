package org.kerbside.drivers.lorawan;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.testkit.Chirpstack;

/**
 * Jazzer's targets: with JAZZER_FUZZ=1 in the environment it looks for new inputs, two minutes
 * each. Those that it has are tried again in every build, without its agent, by {@link
 * DecoderCampaignTest}. The first byte of a telegram chooses the profile.
 */
@Tag("long")
@Tag("fuzz")
class DecoderFuzzTest {

  private static final List<LorawanProfile> PROFILES = profiles();
  private static final EventTopic TOPIC = topic();

  @FuzzTest(maxDuration = "2m")
  void aTelegramIsReadOrRefused(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var profile = PROFILES.get((input[0] & 0xFF) % PROFILES.size());
    byte[] telegram = java.util.Arrays.copyOfRange(input, 1, input.length);
    try {
      profile.decode(profile.port(), telegram, null);
    } catch (BadTelegram refused) {
      // That is one of the two.
    }
  }

  @FuzzTest(maxDuration = "2m")
  void anEventIsReadOrRefused(byte[] body) {
    try {
      EventReader.read(TOPIC, body);
    } catch (BadTelegram refused) {
      // That is one of the two.
    }
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

  private static EventTopic topic() {
    var topic = EventTopic.of(Chirpstack.topic("24e124713b010001", "up"));
    if (topic == null) {
      throw new AssertionError("no topic");
    }
    return topic;
  }
}
