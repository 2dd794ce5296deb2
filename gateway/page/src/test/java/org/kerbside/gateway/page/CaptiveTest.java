package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Origin;

/** Phones whose every name leads to us, since the access point's DNS answers all of them. */
@Timeout(30)
class CaptiveTest {

  private static final String APPLE =
      "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>";

  private final Cabinet cabinet = new Cabinet();
  private final PageServer server =
      Pages.of(Street.demo())
          .settings(
              new PageSettings(
                  Language.ZH,
                  "12345",
                  Origin.FIELD,
                  new AccessPoint("KERBSIDE-0173", "7K4Q-M2XD-9TPW", "127.0.0.73")))
          .access(cabinet.access())
          .server();

  @BeforeEach
  void serve() throws PageException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** As the makers' systems ask, in October 2026. */
  @ParameterizedTest
  @CsvSource({
    "connectivitycheck.gstatic.com, /generate_204, 204, ''",
    "www.google.com, /gen_204, 204, ''",
    "connect.rom.miui.com, /generate_204, 204, ''",
    "connectivitycheck.platform.hicloud.com, /generate_204, 204, ''",
    "connectivitycheck.cbg-app.huawei.com, /generate_204, 204, ''",
    "wifi.vivo.com.cn, /generate_204, 204, ''",
    "conn1.oppomobile.com, /generate_204, 204, ''",
    "captive.apple.com, /hotspot-detect.html, 200, " + APPLE,
    "www.apple.com, /library/test/success.html, 200, " + APPLE,
    "www.msftconnecttest.com, /connecttest.txt, 200, Microsoft Connect Test",
    "www.msftncsi.com, /ncsi.txt, 200, Microsoft NCSI",
  })
  void aPhoneIsLedToThePageUntilSomebodyStays(String host, String path, int status, String body)
      throws Exception {
    assertThat(asks("GET", host, path))
        .startsWith("HTTP/1.1 302")
        .contains("Location: http://127.0.0.73/?portal=1\r\n")
        .doesNotContain("人民公园");
    try (var phone = new Phone(server)) {
      assertThat(phone.get("/?portal=1").body())
          .contains("继续使用", "http://127.0.0.73<", "action=\"/captive/stay\"");
      var stays = phone.post("/captive/stay");
      assertThat(stays.statusCode()).isEqualTo(303);
      assertThat(stays.headers().firstValue("Location")).hasValue("/");
      assertThat(phone.get("/").body()).doesNotContain("/captive/stay");
    }
    assertThat(asks("GET", host, path)).startsWith("HTTP/1.1 " + status).endsWith(body);

    cabinet.passes(Duration.ofMinutes(31));
    assertThat(asks("GET", host, path)).startsWith("HTTP/1.1 302");
  }

  @Test
  void whateverElseIsAskedForLeadsToThePage() throws Exception {
    for (var path : new String[] {"/", "/redirect", "/alarms", "/captive/stay", "/metrics"}) {
      assertThat(asks("GET", "example.com", path))
          .startsWith("HTTP/1.1 302")
          .contains("Location: http://127.0.0.73/\r\n");
    }
    assertThat(asks("HEAD", "example.com", "/")).startsWith("HTTP/1.1 302");
    assertThat(asks("POST", "captive.apple.com", "/captive/stay")).startsWith("HTTP/1.1 403");
  }

  @Test
  void anotherPageCannotMakeAPhoneStay() throws Exception {
    try (var phone = new Phone(server)) {
      var foreign = phone.form("/captive/stay").header("Origin", "http://evil.example");
      assertThat(phone.send(foreign).statusCode()).isEqualTo(403);
    }
    assertThat(asks("GET", "captive.apple.com", "/hotspot-detect.html")).startsWith("HTTP/1.1 302");
  }

  /** Whoever is on no access point of ours is sent to where he reached us. */
  @Test
  void onTheLanItIsTheAddressThatWasReached() throws Exception {
    try (var lan =
        Pages.of(Street.demo())
            .settings(
                new PageSettings(
                    Language.ZH, "12345", Origin.FIELD, new AccessPoint("a", "b", "10.73.1.1")))
            .server()) {
      lan.start();
      assertThat(asks(lan, "GET", "captive.apple.com", "/hotspot-detect.html"))
          .contains("Location: http://127.0.0.1:%d/?portal=1\r\n".formatted(lan.port()));
    }
  }

  private String asks(String method, String host, String path) throws IOException {
    return asks(server, method, host, path);
  }

  private static String asks(PageServer page, String method, String host, String path)
      throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
      var asked =
          "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, path, host);
      socket.getOutputStream().write(asked.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
