package org.kerbside.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.testkit.NeedsPeer;

/** How the demonstration ends, and what keeps it from beginning. */
@NeedsPeer({"env", "kill"})
@Timeout(180)
class DemoEndTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void endsInOrderAndLeavesNothingBehind(String signal) throws Exception {
    try (var demo = DemoProcess.run(temporary, "--speed", "3600", "--from", "2026-07-15T02:20")) {
      demo.signal(signal);
      assertThat(demo.exit()).describedAs(demo.said()).isZero();
      assertThat(demo.said()).contains("stopped in ").doesNotContain("ERROR", "WARN", "no output");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void everyTakenPortIsNamedAtOnceWithItsHolder() throws Exception {
    try (var page = new ServerSocket(0, 1, LOOPBACK);
        var mqtt = new ServerSocket(0, 1, LOOPBACK);
        var coap = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      var ports =
          new DemoProcess.Ports(page.getLocalPort(), mqtt.getLocalPort(), coap.getLocalPort());
      try (var demo = DemoProcess.start(temporary, ports)) {
        assertThat(demo.exit()).isEqualTo(6);
        var holder = "is taken by java, process " + ProcessHandle.current().pid();
        assertThat(demo.said())
            .contains("port %d (page) %s".formatted(ports.page(), holder))
            .contains("port %d (MQTT) %s".formatted(ports.mqtt(), holder))
            .contains("port %d (CoAP) %s".formatted(ports.coap(), holder))
            .contains("= help: ./kerbside demo --page ");
      }
    }
  }

  @Test
  void aTimeThatIsNoneIsToldWithARemedy() throws Exception {
    try (var demo = DemoProcess.start(temporary, DemoProcess.Ports.free(), "--from", "25:00")) {
      assertThat(demo.exit()).isEqualTo(2);
      assertThat(demo.said()).contains("'25:00' is no time: write 07:40 or 2026-07-15T02:20");
    }
  }
}
