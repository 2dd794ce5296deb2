package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Revisions;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.gateway.app.wiring.Here;

/** Reloads under which the power fails, and reloads of files that something has spoilt. */
class ReloadCampaignTest {

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: RELOAD-1, name: first, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: "mqtt://127.0.0.1:1", tenant: bench, spread: 0s, accept: [ plaintext, anonymous ] }
      buses:
        sim: { driver: simulator, seed: 7, every: 1s }
      assets:
        bin-1..2:  { kind: bin, name: 垃圾桶 $n, empty: 120cm, full: 30cm, at: sim/bin-1..2 }
        lamp-1:    { kind: lamp, power: 60W, at: sim/lamp-1 }
      """;

  @TempDir private Path folder;
  private Path data;
  private Path site;

  @BeforeEach
  void writeTheSite() throws Exception {
    data = folder.resolve("data");
    site =
        Files.writeString(
            folder.resolve("site.yaml"), SITE.replace(":1\"", ":%d\"".formatted(FreePort.tcp())));
  }

  @Test
  @Tag("reload-kills")
  @Timeout(4 * 3600)
  void killedAtAnyInstantOfAReloadTheOldOneRunsOrTheNew() throws Exception {
    var campaign = Campaign.of("reload-kills", 3);
    var chance = campaign.chance();
    long last = 0;
    int fresh = 0;
    int longest = milliseconds();
    for (int kill = 0; kill < campaign.n(); kill++) {
      try (var gateway = run()) {
        var was = Revisions.in(data).standing().revision();
        assertThat(was).as(campaign.toString()).isGreaterThanOrEqualTo(last);
        var name = "name: n%d".formatted(kill);
        Files.writeString(site, Files.readString(site).replaceFirst("name: \\w+", name));
        var asking = Thread.ofVirtual().start(() -> typed("reload"));
        Thread.sleep(chance.nextInt(longest));
        gateway.kill();
        asking.join();

        var standing = Revisions.in(data).standing();
        var revision = Revisions.in(data).of(standing.revision());
        assertThat(revision != null && revision.isWhole())
            .as("%s, kill %d: %s", campaign, kill, revision)
            .isTrue();
        assertThat(standing.revision()).as("%s, kill %d", campaign, kill).isIn(was, was + 1);
        last = standing.revision();
        fresh += last > was ? 1 : 0;
      }
    }
    System.out.println(
        "campaign reload-kills: after %d kills the old one stood, after %d the new"
            .formatted(campaign.n() - fresh, fresh));
    try (var gateway = run()) {
      assertThat(typed("status").out()).contains("n%d · ".formatted(campaign.n() - 1));
      assertThat(gateway.stop()).isZero();
    }
  }

  /** Half as long again as a reload takes here and now. */
  private int milliseconds() throws Exception {
    try (var gateway = run()) {
      Files.writeString(site, Files.readString(site).replace("name: first", "name: second"));
      long since = System.nanoTime();
      assertThat(typed("reload").exit()).as(gateway.said()).isZero();
      return (int) ((System.nanoTime() - since) / 1_000_000 * 3 / 2);
    }
  }

  @Test
  @Tag("reload-mutations")
  @Timeout(4 * 3600)
  void aSpoiltFileIsRefusedAndChangesNothing() throws Exception {
    var campaign = Campaign.of("reload-mutations", 20);
    var chance = campaign.chance();
    var written = Files.readAllBytes(site);
    int refused = 0;
    try (var gateway = run()) {
      for (int turn = 0; turn < campaign.n(); turn++) {
        var before = Revisions.in(data).standing().revision();
        Files.write(site, spoilt(written, chance));
        var reloaded = typed("reload");
        var what =
            "%s, turn %d: %s"
                .formatted(campaign, turn, Files.readString(site, StandardCharsets.ISO_8859_1));
        assertThat(reloaded.exit()).as(what + reloaded.err()).isIn(0, 2);
        assertThat(reloaded.out() + reloaded.err()).as(what).doesNotContain("\tat ", "Exception");
        if (reloaded.exit() == 2) {
          refused++;
          assertThat(Revisions.in(data).standing().revision()).as(what).isEqualTo(before);
          assertThat(reloaded.out())
              .as(what)
              .contains("revision %d goes on unchanged".formatted(before));
        }
      }
      assertThat(gateway.said()).as(campaign.toString()).doesNotContain("\tat ");
      assertThat(typed("status").exit()).isZero();
      assertThat(gateway.stop()).isZero();
    }
    System.out.println("campaign reload-mutations: refused %d".formatted(refused));
    assertThat(refused).as(campaign.toString()).isPositive();
  }

  /** A few bytes are others, are gone, or stand twice. */
  private static byte[] spoilt(byte[] written, Random chance) {
    var text = new StringBuilder(new String(written, StandardCharsets.ISO_8859_1));
    for (int i = chance.nextInt(3); i >= 0; i--) {
      int at = chance.nextInt(text.length() - 8);
      switch (chance.nextInt(3)) {
        case 0 -> text.setCharAt(at, (char) chance.nextInt(256));
        case 1 -> text.delete(at, at + 1 + chance.nextInt(7));
        default -> text.insert(at, text.substring(at, at + 1 + chance.nextInt(7)));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(site.toString(), data, "none");
  }

  private Here typed(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
  }
}
