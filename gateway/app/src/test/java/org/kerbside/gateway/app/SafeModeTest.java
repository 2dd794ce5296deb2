package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Revisions;
import org.kerbside.config.Standing;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.app.wiring.Here;

/** A bad file never means no page: the real process, where nothing good ever ran. */
@NeedsPeer("socat")
@Timeout(60)
class SafeModeTest {

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: SAFE-1, name: safe, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: "mqtt://127.0.0.1:1", tenant: bench, accept: [ plaintext, anonymous ] }
      buses: { sim: { driver: simulator } }
      assets:
        lamp-1: { kind: lamp, power: 60W, at: sim/lamp-1 }
        bin-1: { kind: bin, empty: 120cm, full: 30cm, at: sim/bin-1 }
      """;

  private static final String BAD = SITE.replace("60W", "60").replace("full", "ful");

  @TempDir private Path folder;
  private Path data;
  private Path site;
  private String page;

  @BeforeEach
  void writeABadSite() throws Exception {
    data = folder.resolve("data");
    site = Files.writeString(folder.resolve("site.yaml"), BAD);
    page = "127.0.0.1:" + FreePort.tcp();
  }

  @Test
  void aBadFileNeverMeansNoPageAndAReloadLeadsOut() throws Exception {
    try (var systemd = ServiceManager.at(folder.resolve("notify").toString());
        var gateway =
            GatewayProcess.start(
                Launch.of(site.toString(), data, page).with(systemd.environment(1_500_000)))) {
      systemd.awaits("READY=1");
      systemd.awaits("WATCHDOG=1");
      assertThat(gateway.said())
          .contains("'60' has no unit", "site.yaml; safe mode: nothing is switched");
      tellsWhatIsWrong();
      refusesAllButAReload();

      Files.writeString(site, SITE.replace("60W", "60"));
      Await.until("the page tells what is left", () -> !get("/").body().contains("ful"));
      Files.writeString(site, SITE);
      assertThat(typed("reload").out())
          .startsWith("revision 1 applied in ")
          .endsWith("safe mode is over\n");
      assertThat(get("/").statusCode()).isEqualTo(200);
      assertThat(typed("status").out()).contains("SAFE-1", "revision 1");
      assertThat(Revisions.in(data).standing()).isEqualTo(Standing.on(1));
      staysReadyWhileTheFileIsHalfEdited();
      assertThat(gateway.stop()).isZero();
    }
  }

  private void tellsWhatIsWrong() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(503);
    for (var screen : List.of("/", "/alarms", "/kiosk?lang=zh-CN")) {
      assertThat(get(screen).body())
          .as(screen)
          .contains("site.yaml:7:32 E101", "'60' has no unit", "E003");
    }
    assertThat(get("/?lang=zh-CN").body()).contains("安全模式");
    assertThat(get("/?lang=en").body()).contains("Safe mode");
    var again = Pattern.compile("<script src=\"(/again[^\"]+)\"").matcher(get("/").body());
    assertThat(again.find()).as("it looks again by itself").isTrue();
    assertThat(get(again.group(1)).body()).contains("location.reload");
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).contains("\"ready\":false", "2 errors in ", "safe mode");
  }

  /** What runs is the revision that was kept, and not the file. */
  private void staysReadyWhileTheFileIsHalfEdited() throws Exception {
    Files.writeString(site, "nonsense", StandardOpenOption.APPEND);
    var ready = get("/readyz");
    assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    assertThat(ready.body())
        .contains("{\"name\":\"files\",\"state\":\"warn\"", "; what runs is unchanged");
    assertThat(typed("doctor", "--site", site.toString(), "--only", "files").exit()).isZero();
  }

  private void refusesAllButAReload() throws Exception {
    assertThat(typed("status").out()).startsWith("safe mode: failed: 2 errors in ");
    var set = typed("set", "lamp-1/dim", "60%", "--lease", "10min");
    assertThat(set.exit()).as(set.err()).isEqualTo(7);
    assertThat(set.err()).contains("safe mode", "kerbside reload");
    assertThat(typed("health").exit()).isEqualTo(7);
    var doctor = typed("doctor", "--site", site.toString());
    assertThat(doctor.exit()).isEqualTo(1);
    assertThat(doctor.out())
        .containsPattern("FAIL  files +2 errors in ")
        .containsPattern("FAIL  service +safe mode: ");
    var reload = typed("reload");
    assertThat(reload.exit()).isEqualTo(2);
    assertThat(reload.out()).contains("error E101", "still in safe mode");
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://" + page + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private Here typed(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
  }
}
