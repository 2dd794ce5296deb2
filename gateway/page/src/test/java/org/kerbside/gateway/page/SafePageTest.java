package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.gateway.model.Site;

/** The page where no site runs, to who comes by somebody else's name. */
@Timeout(30)
class SafePageTest {

  private final SafePage page =
      new SafePage(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          "12345",
          List::of,
          () -> new SafePage.Told(new Site("G-1", "site.yaml", ZoneOffset.UTC, 0, 0), List.of()));

  @BeforeEach
  void serve() throws PageException {
    page.start();
  }

  @AfterEach
  void stop() {
    page.close();
  }

  @Test
  void aPhoneThatTheAccessPointLedHereIsLedToThePage() throws Exception {
    var home = "Location: http://127.0.0.1:%d/".formatted(page.port());
    assertThat(asks("GET", "example.com", "/")).startsWith("HTTP/1.1 302").contains(home + "\r\n");
    assertThat(asks("GET", "captive.apple.com", "/hotspot-detect.html"))
        .startsWith("HTTP/1.1 302")
        .contains(home + "?portal=1\r\n");
    assertThat(asks("POST", "example.com", "/")).startsWith("HTTP/1.1 403");
    assertThat(asks("GET", "127.0.0.1", "/")).startsWith("HTTP/1.1 503");
  }

  private String asks(String method, String host, String path) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
      var request =
          "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
              .formatted(method, path, host);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
