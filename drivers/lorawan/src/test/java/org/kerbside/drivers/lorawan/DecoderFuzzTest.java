package org.kerbside.drivers.lorawan;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.testkit.Chirpstack;

/**
 * What fuzzing found or was taught, tried again in every build; with JAZZER_FUZZ=1 in the
 * environment it looks for more. The first byte of a telegram chooses the profile.
 */
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
      // With a word: the constructor wants one.
    }
  }

  @FuzzTest(maxDuration = "2m")
  void anEventIsReadOrRefused(byte[] body) {
    try {
      EventReader.read(TOPIC, body);
    } catch (BadTelegram refused) {
      // As above.
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
