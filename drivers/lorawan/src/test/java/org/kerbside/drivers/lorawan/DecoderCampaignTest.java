package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.Chirpstack;

/**
 * Decoders are total: they keep their {@link Promise} for any bytes. Small telegrams are tried in
 * full, larger ones by mutation of true ones.
 */
@Tag("lorawan")
class DecoderCampaignTest {

  @Test
  void everyTelegramOfTwoBytesIsReadOrRefused() throws Exception {
    var profile = Sites.shipped("uc511"); // the one with the most pairs
    for (int bytes = 0; bytes < 1 << 16; bytes++) {
      keeps(profile, new byte[] {(byte) (bytes >> 8), (byte) bytes}, profile.name());
    }
  }

  @Test
  void everyByteOfATrueTelegramMayBeAnyOther() throws Exception {
    for (var name : Sites.models()) {
      var profile = Sites.shipped(name);
      byte[] whole = telegram(name);
      for (int at = 0; at < whole.length; at++) {
        for (int other = 0; other < 256; other++) {
          byte[] changed = whole.clone();
          changed[at] = (byte) other;
          keeps(profile, changed, name);
        }
      }
    }
  }

  @Test
  void mutatedTelegramsAreReadOrRefused() throws Exception {
    var campaign = Campaign.of("lorawan", 5_000);
    var chance = campaign.chance();
    var names = Sites.models();
    var profiles = new ArrayList<LorawanProfile>();
    var telegrams = new ArrayList<byte[]>();
    for (var name : names) {
      profiles.add(Sites.shipped(name));
      telegrams.add(telegram(name));
    }
    for (int i = 0; i < campaign.n(); i++) {
      int one = chance.nextInt(names.size());
      keeps(
          profiles.get(one), mutated(telegrams.get(one), chance), campaign + " " + names.get(one));
    }
  }

  @Test
  void mutatedEventsAreReadOrRefused() throws Exception {
    var campaign = Campaign.of("lorawan", 2_000);
    var chance = campaign.chance();
    var topic = Sites.uplinks("24e124713b010001");
    byte[] whole =
        Chirpstack.up("24e124713b010001", 7, 85, "01755C").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < campaign.n(); i++) {
      assertThat(Promise.brokenBy(topic, mutated(whole, chance))).as("%s", campaign).isEmpty();
    }
  }

  /** They are tried without Jazzer: its agent takes longer than all of them. */
  @Test
  void whatFuzzingFoundIsReadOrRefused() throws Exception {
    var inputs = Path.of("src/test/resources/org/kerbside/drivers/lorawan/DecoderFuzzTestInputs");
    var fuzz = new DecoderFuzzTest();
    for (byte[] telegram : files(inputs.resolve("aTelegramIsReadOrRefused"))) {
      fuzz.aTelegramIsReadOrRefused(telegram);
    }
    for (byte[] body : files(inputs.resolve("anEventIsReadOrRefused"))) {
      fuzz.anEventIsReadOrRefused(body);
    }
  }

  private static List<byte[]> files(Path folder) throws IOException {
    var contents = new ArrayList<byte[]>();
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    assertThat(contents).isNotEmpty();
    return contents;
  }

  private static void keeps(LorawanProfile profile, byte[] telegram, String as) {
    assertThat(Promise.brokenBy(profile, telegram)).as(as).isEmpty();
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
}
