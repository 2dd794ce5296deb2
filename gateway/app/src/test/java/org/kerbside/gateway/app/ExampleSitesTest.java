package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every site of {@code config/sites} runs; and what keeps one from running is told with a remedy.
 */
@NeedsPeer("mosquitto")
@Timeout(60)
class ExampleSitesTest {

  private static final Path SITES = GatewayProcess.home().resolve("config/sites");

  /** Where each bus of the examples stands, so that a test can move it. */
  private static final Map<String, List<String>> DOORS =
      Map.of(
          "board-field.yaml", List.of(),
          "camel.yaml",
              List.of(
                  "buses.udp.from=netty:udp://127.0.0.1:$port",
                  "buses.http.from=netty-http:127.0.0.1:$port/readings",
                  "buses.drop.from=file:$data/drop"),
          "coap-field.yaml", List.of("buses.coap.listen"),
          "demo.yaml", List.of("buses.coap.listen"),
          "doors.yaml", List.of("buses.coap.listen", "buses.lora.url", "buses.field.url"),
          "lorawan.yaml", List.of("buses.lora.url"),
          "modbus-field.yaml", List.of(),
          "mqtt-field.yaml", List.of("buses.field.url"),
          "street.yaml", List.of());

  private static final String SITE = "coap-field.yaml";

  @TempDir private Path data;
  private int port;
  private Mosquitto broker;

  static List<String> sites() throws IOException {
    try (var files = Files.list(SITES)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @BeforeEach
  void open() throws Exception {
    broker = Mosquitto.start();
    port = FreePort.udp();
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @ParameterizedTest
  @MethodSource("sites")
  void itGetsReadyTellsOfItselfAndStops(String site) throws Exception {
    try (var gateway = run(site, "127.0.0.1:" + FreePort.tcp())) {
      awaitConnected(gateway); // «ready» does not wait for the city
      long asked = System.nanoTime();
      assertThat(gateway.stop()).as(gateway.said()).isZero();
      assertThat(System.nanoTime() - asked).isLessThan(10_000_000_000L);
    }
  }

  @Test
  void eachIsFoundGoodByTheCheck() throws Exception {
    assertThat(sites())
        .as("sites that a test can move")
        .containsExactlyElementsOf(DOORS.keySet().stream().sorted().toList());
    var words = Stream.concat(Stream.of("check"), sites().stream().map(s -> SITES.resolve(s) + ""));
    var check = Typed.of(words.toArray(String[]::new));
    assertThat(check.exit()).as(check.out()).isZero();
    assertThat(check.out().lines().filter(line -> line.startsWith("ok: ")))
        .hasSize(sites().size())
        .allSatisfy(line -> assertThat(line).endsWith("0 warnings"));
  }

  @Test
  void aSecondOneIsToldWhatTheFirstHasTakenAndTheFirstGoesOn() throws Exception {
    try (var first = run(SITE, "none")) {
      var inItsFolder = Typed.of(line(data, "none"));
      assertThat(inItsFolder.exit()).as(inItsFolder.err()).isEqualTo(6);
      assertThat(inItsFolder.err()).contains("process " + first.pid(), "--data");
      var atItsDoor = Typed.of(line(data.resolve("other"), "none"));
      assertThat(atItsDoor.exit()).as(atItsDoor.err()).isEqualTo(6);
      assertThat(atItsDoor.err()).contains("bus coap: ", "127.0.0.1:" + port, "taken", "= help: ");
      var status = Typed.of("status", "--data", data.toString());
      assertThat(status.exit()).as(status.err()).isZero();
      assertThat(status.out()).contains("software", "uplink   ", "journal  ");
      assertThat(first.stop()).isZero();
    }
  }

  @Test
  void aTakenPageIsToldWithARemedy() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var typed = Typed.of(line(data, "127.0.0.1:" + taken.getLocalPort()));
      assertThat(typed.exit()).as(typed.err()).isEqualTo(6);
      assertThat(typed.err()).contains("127.0.0.1:" + taken.getLocalPort(), "--page");
      assertThat(typed.out()).doesNotContain("ready in");
    }
  }

  @Test
  void anUnknownOptionIsAMistakeOfWhoeverTyped() throws Exception {
    var typed = Typed.of("run", SITES.resolve("demo.yaml").toString(), "--pge", "none");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).contains("--pge", "--page");
  }

  private void awaitConnected(GatewayProcess gateway) throws Exception {
    Await.until(
        "an uplink that is connected",
        () -> uplinkState().equals("connected"),
        Duration.ofSeconds(15),
        gateway::said);
  }

  private String uplinkState() throws Exception {
    var json = Typed.of("status", "--data", data.toString(), "--format", "json");
    assertThat(json.exit()).as(json.err()).isZero();
    return new JsonMapper().readTree(json.out()).path("uplink").path("state").asString();
  }

  private GatewayProcess run(String site, String page) throws Exception {
    return GatewayProcess.run(site, data, page, settings(site).toArray(String[]::new));
  }

  private String[] line(Path folder, String page) {
    var line = new ArrayList<String>();
    line.addAll(List.of("run", SITES.resolve(SITE).toString()));
    line.addAll(List.of("--data", folder.toString(), "--page", page));
    settings(SITE).forEach(setting -> line.addAll(List.of("--set", setting)));
    return line.toArray(String[]::new);
  }

  private List<String> settings(String site) {
    var settings = new ArrayList<String>();
    settings.add("uplink.url=" + broker.url());
    for (var door : DOORS.getOrDefault(site, List.of())) {
      var to = door.endsWith(".url") ? broker.url() : "127.0.0.1:" + port;
      settings.add(
          door.contains("=")
              ? door.replace("$port", "" + port).replace("$data", data.toString())
              : door + "=" + to);
    }
    return settings;
  }
}
