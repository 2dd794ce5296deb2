package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

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
@Timeout(400)
class PlatformAckTest {

  private static final JsonMapper JSON = new JsonMapper();

  /** What is not freed is sent again after 10, then 20, then 40 s; and once more. */
  private static final Duration SENT_AGAIN = Duration.ofMinutes(2);

  @TempDir private Path data;
  private Receiver receiver;
  private Town town;
  private Mosquitto field;
  private Mosquitto broker;
  private City city;
  private Sensors sensors;
  private Supplier<String> gatewaySays = () -> "";

  @BeforeEach
  void openTheStreet() throws Exception {
    town = Town.open(Mosquitto.Memory.FORGETS);
    field = town.field();
    broker = town.broker();
    receiver = new Receiver(data, broker.url());
    city = town.city();
    sensors = town.sensors();
  }

  @AfterEach
  void closeTheStreet() throws Exception {
    receiver.close();
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
      receiver.start();
      sensors.send(1_000);
      sensors.settle();
      awaitStored(1_000);
      receiver.kill();
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

      receiver.start();
      awaitStored(3_101);
      Await.until(
          "every hole is filled",
          () -> receiver.verify().endsWith("exit 0"),
          SENT_AGAIN,
          receiver::log);
      Await.until("the alarm is at the platform", this::isAlarmStored, SENT_AGAIN, receiver::log);
      Await.until("the gateway is told so", this::isAllTold);
      assertThat(receiver.isAlive()).isTrue();
      assertThat(gateway.stop()).isZero();
      assertThat(acknowledged()).contains(all("d"), all("e"));
    }
    assertThat(receiver.verify()).contains("whole: every hole is explained");
  }

  private boolean isAlarmStored() {
    return frames("e").stream().anyMatch(body -> body.contains("\"id\":\"a7/high\""));
  }

  private void awaitStored(int readings) throws Exception {
    Await.until(
        "%d readings at the platform".formatted(readings),
        () -> stored() >= readings,
        SENT_AGAIN,
        () ->
            "but %d; the broker's: %d\n%s%s"
                .formatted(stored(), city.count(), receiver.log(), gatewaySays.get()));
  }

  /** Readings of the street in the frames that the platform has: each frame is there once. */
  private int stored() {
    return frames("d").stream().mapToInt(body -> City.ofStreet(JSON.readTree(body).get("m"))).sum();
  }

  private List<String> frames(String stream) {
    var bodies = new ArrayList<String>();
    if (!Files.exists(receiver.store())) {
      return bodies;
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + receiver.store());
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
        cursors.add(row.getString(1) + " " + row.getString(2).replaceFirst("#.*", ""));
      }
    }
    return cursors;
  }

  private String all(String stream) {
    int last = frames(stream).size();
    return "%s 1%s".formatted(stream, last == 1 ? "" : "-" + last);
  }
}
