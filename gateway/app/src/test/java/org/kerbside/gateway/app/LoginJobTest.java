package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.gateway.app.wiring.Here;

/** A crew logs in at a gateway by its site's keys, and stays in as long as they are its keys. */
@Timeout(90)
class LoginJobTest {

  private static final String ACCESS = "access: { roles: { crew: !secret role-crew } }\n";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path data;
  private Path site;
  private String origin = "";
  private String cookie = "";

  @BeforeEach
  void writeTheSite() throws IOException {
    data = folder.resolve("data");
    site = folder.resolve("site.yaml");
    var demo = Files.readString(GatewayProcess.home().resolve("config/sites/demo.yaml"));
    Files.writeString(site, demo + ACCESS);
    Files.createDirectories(folder.resolve("secrets"));
    key("role-crew", "a");
  }

  @Test
  void theSitesKeyOpensUntilItIsAnother() throws Exception {
    int port = FreePort.tcp();
    origin = "http://127.0.0.1:" + port;
    var coap = "buses.coap.listen=127.0.0.1:" + FreePort.udp();
    var nobody = "uplink.url=mqtt://127.0.0.1:" + FreePort.tcp();
    try (var gateway =
        GatewayProcess.run(site.toString(), data, "127.0.0.1:" + port, coap, nobody)) {
      assertThat(login("000000")).isEqualTo(403);
      assertThat(login(code())).isEqualTo(303);
      assertThat(isIn()).isTrue();

      change("language: zh-CN", "language: en");
      assertThat(reload()).contains("revision 2 applied");
      assertThat(isIn()).as("after a reload").isTrue();

      var before = code();
      key("role-crew-2", "b");
      change("!secret role-crew", "!secret role-crew-2");
      assertThat(reload()).contains("revision 3 applied");
      assertThat(isIn()).as("by a key that is gone").isFalse();
      assertThat(login(before)).isEqualTo(403);
      assertThat(login(code())).isEqualTo(303);
      assertThat(gateway.stop()).isZero();
      assertThat(gateway.said()).doesNotContain(before).doesNotContain("4711");
    }
  }

  private void key(String secret, String digit) throws IOException {
    Files.writeString(folder.resolve("secrets").resolve(secret), digit.repeat(64));
  }

  private void change(String before, String after) throws IOException {
    Files.writeString(site, Files.readString(site).replace(before, after));
  }

  private String code() throws Exception {
    return Here.typed("code", site.toString(), "--role", "crew", "--worker", "4711").out().strip();
  }

  private String reload() throws Exception {
    return Here.typed("reload", "--data", data.toString()).out();
  }

  private int login(String code) throws Exception {
    var form = "worker=4711&to=/work&code=" + code;
    var request =
        HttpRequest.newBuilder(URI.create(origin + "/login"))
            .header("Origin", origin)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    cookie = answer.headers().firstValue("Set-Cookie").orElse(cookie).replaceFirst(";.*", "");
    return answer.statusCode();
  }

  private boolean isIn() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(origin + "/login")).header("Cookie", cookie).build();
    return client
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .contains("action=\"/logout\"");
  }
}
