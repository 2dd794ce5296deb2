package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The main job through Camel: a datagram, the gateway, a real city. */
@NeedsPeer("mosquitto")
@Timeout(60)
class CamelJobTest {

  @TempDir private Path data;
  private int udp;
  private int http;
  private Mosquitto broker;
  private City city;

  @BeforeEach
  void open() throws Exception {
    udp = FreePort.udp();
    http = FreePort.tcp();
    broker = Mosquitto.start();
    city = City.at(broker.port());
  }

  @AfterEach
  void close() {
    city.close();
    broker.close();
  }

  @Test
  void aLineOfJsonIsAtTheCity() throws Exception {
    try (var gateway = run()) {
      long at = Instant.now().getEpochSecond();
      send("{\"id\":\"B1\",\"t\":%d,\"distance\":87.5,\"temperature\":18.5}\n".formatted(at));
      Await.until("a distance", () -> !numbers("bin-1/distance").isEmpty());
      assertThat(numbers("bin-1/distance")).containsExactly(0.875);
      assertThat(numbers("bin-1/temperature")).containsExactly(18.5);
      assertThat(gateway.stop()).as(gateway.said()).isZero();
    }
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(
        "camel.yaml",
        data,
        "none",
        "uplink.url=" + broker.url(),
        "buses.udp.from=netty:udp://127.0.0.1:" + udp,
        "buses.http.from=netty-http:127.0.0.1:%d/readings".formatted(http),
        "buses.drop.from=file:" + data.resolve("drop"));
  }

  private void send(String line) throws Exception {
    byte[] bytes = line.getBytes(UTF_8);
    try (var socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), udp));
    }
  }

  private List<Double> numbers(String point) {
    return city.readings().getOrDefault(point, List.of()).stream()
        .map(told -> told.value().asDouble())
        .toList();
  }
}
