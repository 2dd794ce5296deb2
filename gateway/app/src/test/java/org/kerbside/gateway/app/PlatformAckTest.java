package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import tools.jackson.databind.json.JsonMapper;

/**
 * End to end where the platform's word frees frames: the real gateway and the real receiver around
 * a city broker that forgets what it acknowledged.
 */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(240)
class PlatformAckTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path data;
  private Path store;
  private Town town;
  private Mosquitto field;
  private Mosquitto broker;
  private City city;
  private Sensors sensors;
  private Supplier<String> gatewaySays = () -> "";

  @BeforeEach
  void openTheStreet() throws Exception {
    store = data.resolve("city.db");
    town = Town.open(Mosquitto.Memory.FORGETS);
    field = town.field();
    broker = town.broker();
    city = town.city();
    sensors = town.sensors();
  }

  @AfterEach
  void closeTheStreet() throws Exception {
    town.close();
  }

  @Test
  void whatADyingBrokerHadAcknowledgedArrivesAllTheSame() throws Exception {
    try (var gateway =
        GatewayProcess.run(
            "mqtt-field.yaml",
            data.resolve("gateway"),
            "none",
            "uplink.url=" + broker.url(),
            "uplink.ack=platform",
            "buses.field.url=" + field.url())) {
      gatewaySays = gateway::said;
      try (var receiver = new Receiving(serve())) {
        sensors.send(1_000);
        sensors.settle();
        awaitStored(1_000);
        receiver.process().destroyForcibly().waitFor();
      }
      // The receiver's session waits at the broker, which acknowledges and then forgets.
      sensors.send(2_000);
      sensors.settle();
      field.publish("field/a7/p0", "{\"v\":99}", 1); // raises an alarm
      Await.until("the broker has all", () -> city.count() >= 3_001 && isAlarmTold());
      broker.kill();
      assertThat(stored()).as("readings that the platform has").isLessThan(3_001);
      sensors.send(100);
      sensors.settle();
      broker.restart();

      try (var receiver = new Receiving(serve())) {
        awaitStored(3_101);
        Await.until("every hole is filled", () -> verify().endsWith("exit 0"));
        assertThat(frames("e")).anyMatch(body -> body.contains("\"id\":\"a7/high\""));
        Await.until("the gateway is told so", this::isAllTold);
        assertThat(receiver.process().isAlive()).isTrue();
        assertThat(gateway.stop()).isZero();
        assertThat(acknowledged()).contains(all("d"), all("e"));
      }
    }
    assertThat(verify()).contains("whole: every hole is explained");
  }

  private record Receiving(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Until it is subscribed. */
  private Process serve() throws Exception {
    long before = connections();
    var receiver =
        receiver(List.of("--broker", broker.url(), "--interval", "500", "--hole-age", "1000"));
    Await.until(
        "the receiver is connected",
        () -> connections() > before,
        Duration.ofSeconds(30),
        this::log);
    return receiver;
  }

  private long connections() {
    return log().lines().filter(line -> line.contains("connected as")).count();
  }

  private String verify() throws Exception {
    var process = receiver(List.of("--verify"));
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + "exit " + process.waitFor();
  }

  private Process receiver(List<String> options) throws Exception {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-cp"));
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add("org.kerbside.deploy.platform.receiver.Main");
    line.addAll(List.of("--store", store.toString()));
    line.addAll(options);
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    if (!options.contains("--verify")) {
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(data.resolve("receiver.log").toFile()));
    }
    return builder.start();
  }

  private void awaitStored(int readings) throws Exception {
    Await.until(
        "%d readings at the platform".formatted(readings),
        () -> stored() >= readings,
        Duration.ofMinutes(1),
        () ->
            "but %d; the broker's: %d\n%s%s"
                .formatted(stored(), city.count(), log(), gatewaySays.get()));
  }

  /** Readings in the frames that the platform has: each frame is there once. */
  private int stored() {
    return frames("d").stream().mapToInt(body -> JSON.readTree(body).get("m").size()).sum();
  }

  private List<String> frames(String stream) {
    var bodies = new ArrayList<String>();
    if (!Files.exists(store)) {
      return bodies;
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        var select =
            connection.prepareStatement(
                "SELECT body FROM frame JOIN cursor c ON c.id = cursor WHERE stream = ?")) {
      select.setString(1, stream);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          bodies.add(new String(row.getBytes(1), StandardCharsets.UTF_8));
        }
      }
    } catch (SQLException notYet) {
      // It is being made.
    }
    return bodies;
  }

  private boolean isAlarmTold() {
    return city.on("e").stream().anyMatch(message -> message.payload().contains("\"a7/high\""));
  }

  /** The last watermark of each stream is all that there is. */
  private boolean isAllTold() {
    for (var stream : List.of("d", "e")) {
      long last = frames(stream).size();
      var told = "\"stream\":\"%s\"".formatted(stream);
      if (city.on("ack").stream()
          .map(City.Message::payload)
          .noneMatch(ack -> ack.contains(told) && ack.contains("\"seq\":" + last + ","))) {
        return false;
      }
    }
    return true;
  }

  /** What the gateway's journal says that the city has. */
  private List<String> acknowledged() throws SQLException {
    var cursors = new ArrayList<String>();
    var file = data.resolve("gateway").resolve("journal.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var select = connection.createStatement();
        var row = select.executeQuery("SELECT * FROM acknowledged")) {
      while (row.next()) {
        cursors.add(row.getString(1) + " " + row.getString(2));
      }
    }
    return cursors;
  }

  private String all(String stream) {
    int last = frames(stream).size();
    return "%s 1%s".formatted(stream, last == 1 ? "" : "-" + last);
  }

  private String log() {
    try {
      return Files.readString(data.resolve("receiver.log"));
    } catch (IOException none) {
      return "";
    }
  }
}
