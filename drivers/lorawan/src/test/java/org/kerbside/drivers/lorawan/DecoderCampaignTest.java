package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.Chirpstack;
import org.kerbside.gateway.model.Value;

/**
 * Decoders are total: for any bytes a value or a refusal, every value finite. Small telegrams are
 * tried in full, larger ones by mutation of true ones.
 */
@Tag("lorawan")
class DecoderCampaignTest {

  @Test
  void everyTelegramOfTwoBytesIsReadOrRefused() throws Exception {
    for (var name : List.of("uc511")) { // the one with the most pairs
      var profile = Sites.shipped(name);
      for (int bytes = 0; bytes < 1 << 16; bytes++) {
        decode(profile, new byte[] {(byte) (bytes >> 8), (byte) bytes}, name);
      }
    }
  }

  @Test
  void everyByteOfATrueTelegramMayBeAnyOther() throws Exception {
    for (var name : names()) {
      var profile = Sites.shipped(name);
      byte[] whole = telegram(name);
      for (int at = 0; at < whole.length; at++) {
        for (int other = 0; other < 256; other++) {
          byte[] changed = whole.clone();
          changed[at] = (byte) other;
          decode(profile, changed, name);
        }
      }
    }
  }

  @Test
  void mutatedTelegramsAreReadOrRefused() throws Exception {
    var campaign = Campaign.of("lorawan", 5_000);
    var chance = campaign.chance();
    var names = names();
    var profiles = new ArrayList<LorawanProfile>();
    var telegrams = new ArrayList<byte[]>();
    for (var name : names) {
      profiles.add(Sites.shipped(name));
      telegrams.add(telegram(name));
    }
    for (int i = 0; i < campaign.n(); i++) {
      int one = chance.nextInt(names.size());
      decode(
          profiles.get(one), mutated(telegrams.get(one), chance), campaign + " " + names.get(one));
    }
  }

  @Test
  void mutatedEventsAreReadOrRefused() throws Exception {
    var campaign = Campaign.of("lorawan", 2_000);
    var chance = campaign.chance();
    var topic = EventTopic.of(Chirpstack.topic("24e124713b010001", "up"));
    assertThat(topic).isNotNull();
    byte[] whole =
        Chirpstack.up("24e124713b010001", 7, 85, "01755C").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; topic != null && i < campaign.n(); i++) {
      byte[] body = mutated(whole, chance);
      try {
        EventReader.read(topic, body);
      } catch (BadTelegram told) {
        assertThat(told.getMessage()).as("%s", campaign).isNotBlank();
      }
    }
  }

  private static void decode(LorawanProfile profile, byte[] telegram, String as) {
    try {
      for (var heard : profile.decode(profile.port(), telegram, null).heard()) {
        var sample = heard.sample();
        if (sample.value() instanceof Value.Num(var number) && !Double.isFinite(number)) {
          throw new AssertionError(as + ": " + sample);
        }
      }
    } catch (BadTelegram told) {
      if (told.getMessage().isBlank()) {
        throw new AssertionError(as + ": a refusal without a word", told);
      }
    } catch (RuntimeException bug) {
      throw new AssertionError(as + ": " + HexFormat.of().formatHex(telegram), bug);
    }
  }

  private static byte[] mutated(byte[] whole, Random chance) {
    int length = chance.nextInt(4) == 0 ? chance.nextInt(2 * whole.length + 1) : whole.length;
    byte[] changed = java.util.Arrays.copyOf(whole, length);
    for (int n = chance.nextInt(4); n > 0 && length > 0; n--) {
      changed[chance.nextInt(length)] = (byte) chance.nextInt(256);
    }
    return changed;
  }

  private static byte[] telegram(String name) throws IOException {
    var yaml = Files.readString(Sites.SHIPPED.resolve(name + ".yaml"));
    var test = Sites.written(yaml, new Mistakes()).own().section("test");
    var recv = test == null ? null : test.text("recv");
    return HexFormat.of().parseHex(String.valueOf(recv).replace(" ", ""));
  }

  private static List<String> names() throws IOException {
    var names = new ArrayList<String>();
    try (var files = Files.list(Sites.SHIPPED)) {
      for (var file : files.sorted().toList()) {
        if (Files.readString(file).contains("driver: lorawan")) {
          names.add(file.getFileName().toString().replace(".yaml", ""));
        }
      }
    }
    return names;
  }
}
