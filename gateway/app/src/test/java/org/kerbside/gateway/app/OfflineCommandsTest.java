package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.gateway.app.wiring.Here;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people ask of a board without asking its service, and a board that takes another's place.
 */
@Timeout(120)
class OfflineCommandsTest {

  private static final String SECRET = "correct-horse-battery";
  private static final String NAME = "a-secret-typed-as-a-name";
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

  /** One board for all of them: a gateway takes its time to begin. */
  @TempDir private static Path folder = Path.of("");

  private static Path data = Path.of("");
  private static Path site = Path.of("");
  private static @Nullable GatewayProcess gateway;

  @BeforeAll
  static void begin() throws Exception {
    data = folder.resolve("data");
    var etc = Files.createDirectories(folder.resolve("etc"));
    site =
        Files.writeString(
            etc.resolve("site.yaml"), SITE.replace(":1\"", ":" + FreePort.tcp() + "\""));
    Files.writeString(etc.resolve("city.yaml"), CITY.formatted("!secret mqtt"));
    Files.createDirectory(etc.resolve("secrets"));
    Files.writeString(etc.resolve("secrets/mqtt"), SECRET + "\n");
    Files.writeString(etc.resolve("secrets/other"), NAME);
    Files.writeString(Files.createDirectories(data.resolve("identity")).resolve("key.pem"), SECRET);
    gateway = run();
    assertThat(typed("calibrate", "bin-2", "empty=118cm", "--by", "4711").exit()).isZero();
  }

  @AfterAll
  static void end() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void everyWordOfASiteSaysWhereItComesFrom() {
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
    assertThat(typed("show", "--diff", "7").exit()).isEqualTo(2);
  }

  @Test
  void theJournalIsLookedAtWhileTheServiceRuns() throws Exception {
    Await.until(
        "there is something", () -> typed("journal", "info").out().contains("readings  1 to "));
    assertThat(typed("journal", "verify").out())
        .endsWith("ok: every row adds up, and the chain of audit events holds\n");
    var nowhere = Here.typed("journal", "info", "--data", folder.resolve("nowhere").toString());
    assertThat(nowhere.exit()).isEqualTo(6);
  }

  @Test
  void theDoctorTriesOneThingAfterAnother() throws Exception {
    var doctor = typed("doctor", "--only", "files,service,revision,uplink,certificate");
    assertThat(doctor.out())
        .contains(
            " ok    files ", " ok    service ", " ok    revision    1 is kept", " FAIL  uplink ")
        .contains(" ok    certificate the site shows none")
        .contains("→ look at aerial");
    assertThat(doctor.exit()).isEqualTo(1);
    assertThat(typed("doctor", "--only", "fils").err()).contains("did you mean 'files'?");
  }

  @Test
  void aSecretThatIsAnotherIsReadAnewThoughNoFileOfTheSiteHasChanged() throws Exception {
    assertThat(typed("reload").out()).isEqualTo("nothing has changed; revision 1 goes on\n");
    Files.writeString(site.resolveSibling("secrets/mqtt"), SECRET + "-2");
    assertThat(typed("reload").out())
        .startsWith("  ~ secrets  read anew\nrevision 1 goes on after ");
    assertThat(typed("reload").out()).isEqualTo("nothing has changed; revision 1 goes on\n");
    assertThat(typed("doctor", "--only", "revision").out()).contains("1 is kept");
  }

  /** Seeded wherever a site may hold one: a file of its own, the gateway's key, somebody's name. */
  @Test
  void noSecretLeavesTheBoardInABundle() throws Exception {
    typed("calibrate", "bin-1", "empty=119cm", "--by", NAME);
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
            "metrics.txt",
            "log.txt",
            "kernel.txt");
    assertThat(texts.toString()).contains("CD-QY-0173", "•••").doesNotContain(SECRET, NAME);
    assertThat(texts.getOrDefault("metrics.txt", "").lines().toList())
        .anyMatch(line -> line.startsWith("kerbside_build_info{"))
        .allMatch(line -> line.startsWith("kerbside_"));
    assertThat(typed("bundle", "--preview").out())
        .contains("== site.json\n")
        .doesNotContain(SECRET, NAME);
  }

  @Test
  void aPasswordInTheOpenIsShownNoMoreThanASecret() throws Exception {
    var other = Files.createDirectories(folder.resolve("other")).resolve("site.yaml");
    Files.writeString(other, Files.readString(site));
    Files.writeString(other.resolveSibling("city.yaml"), CITY.formatted(OPEN));
    var shown = typed("show", "--site", other.toString(), "--resolved");
    assertThat(shown.out()).as(shown.err()).contains("identity.password: •••").doesNotContain(OPEN);
  }

  @Test
  void anEditorIsToldWhatASiteMaySay() {
    var schema = new JsonMapper().readTree(Here.typed("schema", "site").out());
    assertThat(schema.at("/properties/assets/additionalProperties/properties/kind/enum").toString())
        .contains("\"bin\"", "\"lamp\"")
        .doesNotContain("\"bus\"");
    assertThat(Here.typed("schema", "sit").exit()).isEqualTo(2);
  }

  @Test
  void aSpareBoardGoesOnWithWhatTheOldOneKnew() throws Exception {
    var zip = folder.resolve("backup.zip");
    assertThat(typed("backup", zip.toString()).out()).contains("revision 1, 2 files");
    assertThat(texts(zip).toString()).doesNotContain(SECRET);
    assertThat(Files.size(zip)).isLessThan(1 << 20);
    assertThat(typed("restore", zip.toString()).err()).contains("is taken by the gateway");
    assertThat(typed("factory-reset", "--erase-everything").err())
        .contains("is taken by the gateway");

    var spare = folder.resolve("spare").toString();
    var restored = Here.typed("restore", zip.toString(), "--data", spare);
    assertThat(restored.exit()).as(restored.err()).isZero();
    assertThat(Here.typed("show", "--asset", "bin-2", "--data", spare).out())
        .contains("empty: 118cm");
    assertThat(Here.typed("journal", "verify", "--data", spare).exit()).isZero();
    assertThat(Here.typed("restore", zip.toString(), "--data", spare).err())
        .contains("is in use by revision 1");
    assertThat(Here.typed("restore", site.toString(), "--data", spare).exit()).isEqualTo(2);
    try (var again = GatewayProcess.run(site.toString(), Path.of(spare), "none")) {
      assertThat(again.stop()).isZero();
      assertThat(again.said()).contains("goes on with");
    }
  }

  @Test
  void secretsGoToASpareBoardUnderAPassPhraseAlone() throws Exception {
    var zip = folder.resolve("secrets.zip");
    var phrase = Files.writeString(folder.resolve("phrase"), "four words nobody connects\n");
    var backup = typed("backup", zip.toString(), "--with-secrets", "--phrase", phrase.toString());
    assertThat(backup.out()).as(backup.err()).contains("2 files, 3 secrets");
    assertThat(texts(zip).toString()).doesNotContain(SECRET);

    var spare = folder.resolve("spare-with").toString();
    var wrong = Files.writeString(folder.resolve("wrong"), "four words somebody connects");
    var closed = restore(zip, spare, wrong);
    assertThat(closed.exit()).isEqualTo(2);
    assertThat(closed.err()).contains("the pass phrase is another", "nothing has changed");
    assertThat(Path.of(spare)).doesNotExist();

    Files.delete(site.resolveSibling("secrets/mqtt"));
    assertThat(restore(zip, spare, phrase).exit()).isZero();
    for (var file :
        List.of(Path.of(spare, "identity/key.pem"), site.resolveSibling("secrets/mqtt"))) {
      assertThat(Files.readString(file)).startsWith(SECRET);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    var plain = Here.typed("restore", zip.toString(), "--data", folder.resolve("p").toString());
    assertThat(plain.out()).as(plain.err()).endsWith("secrets are left out: --with-secrets\n");
    assertThat(folder.resolve("p/identity")).doesNotExist();
    Files.writeString(phrase, "too short");
    assertThat(typed("backup", "--with-secrets", "--phrase", phrase.toString()).exit())
        .isEqualTo(2);
  }

  private static Here restore(Path zip, String data, Path phrase) {
    return Here.typed(
        "restore", zip.toString(), "--data", data, "--with-secrets", "--phrase", phrase.toString());
  }

  private static GatewayProcess run() throws Exception {
    return GatewayProcess.run(site.toString(), data, "none");
  }

  private static Here typed(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
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
