package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Revisions;
import org.kerbside.config.SiteFiles;
import org.kerbside.config.Standing;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.gateway.app.wiring.Here;

/** Backups and restores under which the process is killed. */
class BackupCampaignTest {

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: BACKUP-1, name: n0, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: "mqtt://127.0.0.1:1", tenant: bench, spread: 0s, accept: [ plaintext, anonymous ] }
      buses:
        sim: { driver: simulator, seed: 7, every: 1s }
      assets:
        bin-1..2:  { kind: bin, name: 垃圾桶 $n, empty: 120cm, full: 30cm, at: sim/bin-1..2 }
      """;

  /** One board for both: a gateway takes its time to begin. */
  @TempDir private static Path folder = Path.of("");

  private static Path data = Path.of("");
  private static Path site = Path.of("");
  private static Path zip = Path.of("");

  @BeforeAll
  static void aGatewayRan() throws Exception {
    data = folder.resolve("data");
    zip = folder.resolve("backup.zip");
    site =
        Files.writeString(
            folder.resolve("site.yaml"), SITE.replace(":1\"", ":%d\"".formatted(FreePort.tcp())));
    try (var gateway = GatewayProcess.run(site.toString(), data, "none")) {
      assertThat(gateway.stop()).isZero();
    }
    assertThat(backedUp()).isZero();
  }

  @Test
  @Tag("backup-kills")
  @Timeout(4 * 3600)
  void killedAtAnyInstantOfABackupTheOldOneIsThereOrTheNew() throws Exception {
    var campaign = Campaign.of("backup-kills", 3);
    var chance = campaign.chance();
    int fresh = 0;
    for (int kill = 1; kill <= campaign.n(); kill++) {
      var before = name(zip);
      change("n" + kill);
      var killed =
          killed(
              chance,
              zip.resolveSibling("backup.zip.new"),
              "backup",
              zip.toString(),
              "--data",
              data.toString());
      assertThat(name(zip)).as("%s, kill %d %s", campaign, kill, killed).isIn(before, "n" + kill);
      fresh += name(zip).equals("n" + kill) ? 1 : 0;
    }
    System.out.println(
        "campaign backup-kills: after %d kills the old one was there, after %d the new"
            .formatted(campaign.n() - fresh, fresh));
    assertThat(backedUp()).as(campaign.toString()).isZero();
    assertThat(name(zip)).as(campaign.toString()).isEqualTo("n" + campaign.n());
  }

  @Test
  @Tag("restore-kills")
  @Timeout(4 * 3600)
  void killedAtAnyInstantOfARestoreTheNextOneIsWhole() throws Exception {
    var campaign = Campaign.of("restore-kills", 2);
    var chance = campaign.chance();
    for (int kill = 1; kill <= campaign.n(); kill++) {
      var spare = folder.resolve("spare-" + kill);
      killed(
          chance,
          spare.resolve("revisions"),
          "restore",
          zip.toString(),
          "--data",
          spare.toString());
      var again = Here.typed("restore", zip.toString(), "--data", spare.toString());
      var standing = Revisions.in(spare).standing();
      var revision = Revisions.in(spare).of(standing.revision());
      assertThat(revision != null && revision.isWhole())
          .as("%s, kill %d: %s %s", campaign, kill, standing, again)
          .isTrue();
      assertThat(again.exit()).as(again.err()).isIn(0, 7);
    }
  }

  /** As after a reload of other files. */
  private static void change(String name) throws IOException {
    Files.writeString(site, Files.readString(site).replaceFirst("name: \\w+", "name: " + name));
    var revisions = Revisions.in(data);
    var revision =
        revisions.keep(SiteFiles.of(site, List.of(site.toString())), "test", Instant.now());
    revisions.stand(Standing.on(revision.number()));
  }

  /**
   * Every other time somewhere, else once it has begun to write: a Java takes its time to begin.
   *
   * @return when
   */
  private static String killed(Random chance, Path written, String... words) throws Exception {
    var process =
        Launch.typed(List.of(words))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean isBlind = chance.nextBoolean();
    int wait = isBlind ? chance.nextInt(1_500) : chance.nextInt(10); // ms
    long size = Files.size(zip);
    while (!isBlind && Files.notExists(written) && Files.size(zip) == size && process.isAlive()) {
      Thread.onSpinWait();
    }
    process.waitFor(wait, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    return isBlind ? "after %d ms".formatted(wait) : "%d ms into its writing".formatted(wait);
  }

  private static int backedUp() {
    return Here.typed("backup", zip.toString(), "--data", data.toString()).exit();
  }

  /** The site's name in a backup whose every entry is read to its end and its sum. */
  private static String name(Path zip) throws IOException {
    var site = "";
    try (var open = new ZipFile(zip.toFile())) {
      for (var entry : Collections.list(open.entries())) {
        var text = new String(open.getInputStream(entry).readAllBytes(), UTF_8);
        site = entry.getName().equals("files/site.yaml") ? text : site;
      }
      assertThat(open.getEntry("memory")).isNotNull();
    }
    return site.replaceAll("(?s).* name: (n\\d+),.*", "$1");
  }
}
