package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.model.Value;

/** Far more clients than there is room for, each as slow as it can be. */
@Timeout(60)
class CrowdTest {

  /** Less than the 30 s after which whoever says nothing goes in any case. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private final Street street = Street.demo();
  private final PageServer server = Pages.of(street).server();
  private final List<Socket> crowd = new ArrayList<>();

  @BeforeEach
  void serve() throws PageException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    for (var socket : crowd) {
      socket.close();
    }
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST /login HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nwork",
      })
  void whoIsSlowMakesRoomForWhoAsks(String begun) throws Exception {
    for (int i = 0; i < 200; i++) {
      slow(begun);
      if (i % 40 == 0) {
        assertThat(newcomer("/healthz")).isEqualTo("ok\n");
      }
    }
    assertThat(newcomer("/")).contains("人民公园 3 号公厕");
    long end = System.nanoTime() + SOON.toNanos();
    int open = stillOpen();
    while (open > Crowd.MOST && System.nanoTime() < end) { // until the last close has come
      open = stillOpen();
    }
    assertThat(open).isLessThanOrEqualTo(Crowd.MOST);
  }

  /** However many one has, and however often he comes: another's phone stays. */
  @Test
  void whoComesAgainAndAgainCrowdsOutHimselfAlone() throws Exception {
    var other = InetAddress.getByName("127.0.0.2");
    try (var quiet = new Socket(InetAddress.getLoopbackAddress(), server.port(), other, 0)) {
      for (int i = 0; i < 200; i++) {
        slow("GET / HTTP/1.1\r\n");
      }
      assertThat(isOpen(quiet)).isTrue();
      quiet
          .getOutputStream()
          .write("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(UTF_8));
      quiet.setSoTimeout(20_000);
      var lines = new BufferedReader(new InputStreamReader(quiet.getInputStream(), UTF_8));
      assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aPageThatIsOpenGoesOnShowingWhatChanges() throws Exception {
    var stream = slow("GET /events?page=/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    var lines = new BufferedReader(new InputStreamReader(stream.getInputStream(), UTF_8));
    assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
    for (int i = 0; i < 200; i++) {
      slow("GET / HTTP/1.1\r\n");
    }
    street.says("bin-1", "fill", new Value.Num(.41));
    var line = lines.readLine();
    while (line != null && !line.contains("41%")) {
      line = lines.readLine();
    }
    assertThat(line).contains("41%");
  }

  /** What somebody is told who opens a connection of his own. */
  private String newcomer(String path) throws Exception {
    try (var phone = new Phone(server)) {
      return phone.get(path).body();
    }
  }

  private Socket slow(String begun) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    crowd.add(socket);
    socket.getOutputStream().write(begun.getBytes(UTF_8));
    return socket;
  }

  private int stillOpen() throws IOException {
    int open = 0;
    for (var socket : crowd) {
      open += isOpen(socket) ? 1 : 0;
    }
    return open;
  }

  private static boolean isOpen(Socket socket) throws IOException {
    socket.setSoTimeout(1);
    try {
      socket.getInputStream().readAllBytes();
      return false;
    } catch (SocketTimeoutException waits) {
      return true;
    } catch (SocketException reset) {
      return false;
    }
  }
}
