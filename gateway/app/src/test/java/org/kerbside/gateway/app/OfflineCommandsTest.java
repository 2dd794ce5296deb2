package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.gateway.app.wiring.Here;
import tools.jackson.databind.json.JsonMapper;

/** What people ask of a board whose service runs, has stopped, or has moved to another board. */
@Timeout(120)
class OfflineCommandsTest {

  private static final String SECRET = "correct-horse-battery";
  private static final String OPEN = "staple-in-the-open";

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: CD-QY-0173, name: 公厕, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      include: [ city.yaml ]
      uplink: { url: "mqtt://127.0.0.1:1", spread: 0s, accept: [ plaintext, anonymous ] }
      buses:
        sim: { driver: simulator, seed: 7, every: 1s }
      assets:
        bin-1..2:  { kind: bin, name: 垃圾桶 $n, empty: 120cm, full: 30cm, at: sim/bin-1..2 }
        lamp-1:    { kind: lamp, power: 60W, at: sim/lamp-1 }
      """;

  private static final String CITY =
      """
      schema: 1
      uplink:
        tenant: qingyang
        identity: { user: $site, password: %s }
      defaults:
        bin: { rules: { bin-overflow: { full: 90%%, source: city, ref: "2026-07" } } }
      """;

  @TempDir private Path folder;
  private Path data;
  private Path site;

  @BeforeEach
  void writeTheSite() throws IOException {
    data = folder.resolve("data");
    var etc = Files.createDirectories(folder.resolve("etc"));
    site =
        Files.writeString(
            etc.resolve("site.yaml"), SITE.replace(":1\"", ":" + FreePort.tcp() + "\""));
    Files.writeString(etc.resolve("city.yaml"), CITY.formatted("!secret mqtt"));
    Files.createDirectory(etc.resolve("secrets"));
    Files.writeString(etc.resolve("secrets/mqtt"), SECRET + "\n");
  }

  @Test
  void everyWordOfASiteSaysWhereItComesFrom() throws Exception {
    try (var gateway = run()) {
      assertThat(typed("calibrate", "bin-2", "empty=118cm", "--by", "4711").exit()).isZero();
      var shown = typed("show", "--asset", "bin-2", "--resolved");
      assertThat(shown.out())
          .as(shown.err())
          .containsPattern(
              "  empty: 118cm +# overlay, 4711, \\d{4}-\\d\\d-\\d\\d; site.yaml:9 says 120cm\n")
          .containsPattern(
              "  rules.bin-overflow.full: 90% +# city.yaml:6; the pack says 95%, source \\w+\n")
          .containsPattern("  area: normal +# default of kind bin");
      assertThat(typed("show").out()).contains("uplink\n", "  identity.password: •••\n");
      assertThat(typed("show", "--asset", "bin-3").err()).contains("did you mean 'bin-");

      Files.writeString(site, Files.readString(site).replace("60W", "45W"));
      assertThat(typed("show", "--diff", "1").out()).isEqualTo("  ~ lamp-1  power 60W → 45W\n");
      assertThat(typed("show", "--diff", "7").exit()).isEqualTo(2);
      assertThat(gateway.stop()).isZero();
    }
  }

  @Test
  void theJournalIsLookedAtWhetherTheServiceRunsOrNot() throws Exception {
    assertThat(typed("journal", "info").exit()).isEqualTo(6);
    try (var gateway = run()) {
      Await.until(
          "there is something", () -> typed("journal", "info").out().contains("readings  1 to "));
      var verified = typed("journal", "verify");
      assertThat(verified.out()).endsWith("ok: every row adds up\n");
      assertThat(gateway.stop()).isZero();
    }
    var doctor = typed("doctor", "--only", "files,service,revision");
    assertThat(doctor.out())
        .contains(
            " ok    files ", " FAIL  service ", "→ sudo systemctl", " ok    revision  1 is kept");
    assertThat(doctor.exit()).isEqualTo(1);
    assertThat(
            new JsonMapper().readTree(typed("doctor", "--format", "json").out()).path("findings"))
        .hasSizeGreaterThan(6);
    assertThat(typed("doctor", "--only", "fils").err()).contains("did you mean 'files'?");

    spoil(data.resolve("journal.db"));
    var spoilt = typed("journal", "verify");
    assertThat(spoilt.exit()).as(spoilt.out() + spoilt.err()).isEqualTo(1);
  }

  @Test
  void aSpareBoardGoesOnWithWhatTheOldOneKnew() throws Exception {
    try (var gateway = run()) {
      assertThat(typed("calibrate", "bin-2", "empty=118cm", "--by", "4711").exit()).isZero();
      var lamp = typed("maintenance", "lamp-1", "--for", "1h", "--reason", "a new lamp");
      assertThat(lamp.out()).as(lamp.err()).isEqualTo("done\n");
      assertThat(gateway.stop()).isZero();
    }
    var zip = folder.resolve("backup.zip");
    assertThat(typed("backup", zip.toString()).out()).contains("revision 1, 2 files");
    assertThat(texts(zip).toString()).doesNotContain(SECRET);
    assertThat(Files.size(zip)).isLessThan(1 << 20);
    assertThat(typed("restore", zip.toString()).err()).contains("is in use by revision 1");

    data = folder.resolve("spare");
    var restored = typed("restore", zip.toString());
    assertThat(restored.exit()).as(restored.err()).isZero();
    assertThat(typed("overlay").exit()).isEqualTo(4);
    try (var gateway = run()) {
      assertThat(typed("show", "--asset", "bin-2").out()).contains("empty: 118cm");
      assertThat(typed("status").out()).contains("revision 1");
      assertThat(typed("restore", zip.toString()).exit()).isNotZero();
      assertThat(gateway.stop()).isZero();
    }
    assertThat(typed("restore", site.toString()).exit()).isEqualTo(2);
  }

  /** Seeded wherever a site may hold one: a file of its own, a word in the open, a door's name. */
  @Test
  void noSecretLeavesTheBoardInABundle() throws Exception {
    Files.writeString(site.resolveSibling("city.yaml"), CITY.formatted(OPEN));
    var key = Files.createDirectories(data.resolve("identity")).resolve("key.pem");
    Files.writeString(key, SECRET);
    try (var gateway = run()) {
      typed("calibrate", "bin-2", "empty=118cm", "--by", SECRET);
      var zip = folder.resolve("bundle.zip");
      var bundled = typed("bundle", zip.toString());
      assertThat(bundled.exit()).as(bundled.err()).isZero();
      var texts = texts(zip);
      assertThat(texts.keySet())
          .containsExactlyInAnyOrder(
              "version.txt",
              "site.json",
              "doctor.json",
              "journal.json",
              "status.json",
              "alarms.json",
              "log.txt",
              "kernel.txt");
      assertThat(texts.toString()).contains("CD-QY-0173", "•••").doesNotContain(SECRET, OPEN);
      assertThat(typed("bundle", "--preview").out())
          .contains("== site.json\n")
          .doesNotContain(SECRET, OPEN);
      assertThat(gateway.stop()).isZero();
    }
  }

  @Test
  void anEditorIsToldWhatASiteMaySay() throws Exception {
    var schema = new JsonMapper().readTree(Here.typed("schema", "site").out());
    assertThat(schema.at("/properties/assets/additionalProperties/properties/kind/enum").toString())
        .contains("\"bin\"", "\"lamp\"")
        .doesNotContain("\"bus\"");
    assertThat(Here.typed("schema", "sit").exit()).isEqualTo(2);
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(site.toString(), data, "none");
  }

  private Here typed(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
  }

  /** As a card that loses a page: what is behind the first pages is not what was written. */
  private static void spoil(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    for (int at = bytes.length / 2; at < bytes.length; at++) {
      bytes[at] ^= 1;
    }
    Files.write(file, bytes);
  }

  private static Map<String, String> texts(Path zip) throws IOException {
    var texts = new TreeMap<String, String>();
    try (var open = new ZipFile(zip.toFile())) {
      for (var entry : Collections.list(open.entries())) {
        var bytes = open.getInputStream(entry).readAllBytes();
        texts.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
