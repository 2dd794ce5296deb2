package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The main job through Camel: a datagram, a request, a file; the gateway; a real city. */
@NeedsPeer("mosquitto")
@Timeout(60)
class CamelJobTest {

  @TempDir private Path data;
  @TempDir private Path folder;
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
  void datagramsRequestsAndFilesAreAtTheCityAndEventsInTheLog() throws Exception {
    try (var gateway = run()) {
      var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      send("{\"id\":\"B1\",\"t\":%d,\"distance\":87.5}\n".formatted(now.getEpochSecond()));
      assertThat(post("{\"t\":%d,\"distance\":64}".formatted(now.getEpochSecond()))).isEqualTo(204);
      assertThat(post("{\"distance\":\"near\"}")).isEqualTo(400);
      drop("time;level;temp\n%s;42.5;18.5\n".formatted(now));
      Await.until("the file is done", () -> Files.exists(data.resolve("drop/.done/B3.csv")));
      for (var point : List.of("bin-1/distance", "bin-2/distance", "bin-3/temperature")) {
        Await.until(point, () -> !numbers(point).isEmpty());
      }
      assertThat(numbers("bin-1/distance")).containsExactly(0.875);
      assertThat(numbers("bin-2/distance")).containsExactly(0.64);
      assertThat(numbers("bin-3/distance")).containsExactly(0.425);
      Await.until("the event", () -> log().contains("\"what\":\"malformed\""));
      assertThat(Typed.of("status", "--data", data.toString()).out())
          .containsPattern("sink     log: [1-9][0-9]* events sent, 0 lost\n");
      long asked = System.nanoTime();
      assertThat(gateway.stop()).as(gateway.said()).isZero();
      assertThat(System.nanoTime() - asked).as("no hook of Camel's").isLessThan(10_000_000_000L);
    }
  }

  private int post(String body) throws Exception {
    var at = URI.create("http://127.0.0.1:%d/readings/B2".formatted(http));
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(at).POST(BodyPublishers.ofString(body)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private void drop(String table) throws Exception {
    var hidden = data.resolve("drop/.B3.csv");
    Files.writeString(hidden, table);
    Files.move(hidden, data.resolve("drop/B3.csv"));
  }

  private String log() throws Exception {
    var text = new StringBuilder();
    if (Files.exists(data.resolve("logs"))) {
      try (var files = Files.list(data.resolve("logs"))) {
        for (var file : files.toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }

  private GatewayProcess run() throws Exception {
    var sites = GatewayProcess.home().resolve("config/sites");
    var site = folder.resolve("site.yaml");
    Files.writeString(
        site, Files.readString(sites.resolve("camel.yaml")) + "integrations: [ log.camel.yaml ]\n");
    Files.createDirectories(folder.resolve("integrations"));
    Files.copy(
        sites.resolve("integrations/log.camel.yaml"),
        folder.resolve("integrations/log.camel.yaml"));
    return GatewayProcess.run(
        Map.of("LOGS_DIRECTORY", data.resolve("logs").toString()),
        site.toString(),
        data,
        "none",
        "uplink.url=" + broker.url(),
        "buses.udp.from=netty:udp://127.0.0.1:" + udp,
        "buses.http.from=netty-http:127.0.0.1:%d/readings".formatted(http),
        "buses.drop.from=file:%s?readLock=none".formatted(data.resolve("drop")));
  }

  private void send(String line) throws Exception {
    byte[] bytes = line.getBytes(UTF_8);
    try (var socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), udp));
    }
  }

  private List<Double> numbers(String point) {
    return city.soFar().getOrDefault(point, List.of()).stream()
        .map(told -> told.value().asDouble())
        .toList();
  }
}
