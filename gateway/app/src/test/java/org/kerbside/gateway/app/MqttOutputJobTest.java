package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** A lamp's relay behind a real field broker: ordered by the city, done when it shows. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(60)
class MqttOutputJobTest {

  private static final String COMMAND =
      """
      {"v":1,"id":"k-1","op":"set","point":"lamp-1/on","value":true,"by":"dispatch:test",
      "issued":1790000000,"expires":4000000000,"lease":3600}
      """;

  @TempDir private Path folder;
  private Mosquitto field;
  private Mosquitto broker;
  private City street;
  private City city;

  @BeforeEach
  void open() throws Exception {
    field = Mosquitto.start();
    broker = Mosquitto.start();
    street = City.at(field.port());
    city = City.at(broker.port());
  }

  @AfterEach
  void close() {
    city.close();
    street.close();
    broker.close();
    field.close();
  }

  @Test
  void isPublishedToTheDeviceAndDoneWhenTheDeviceShowsIt() throws Exception {
    var site = site();
    try (var gateway = GatewayProcess.run(site.toString(), folder.resolve("data"), "none")) {
      field.publish("stat/lamp-1/POWER", "OFF", 1);
      Await.until("the lamp's state", () -> city.soFar().containsKey("lamp-1/on"));
      broker.publish("kerbside/1/bench/MQTT-1/c/k-1", COMMAND, 1);
      Await.until("an order", () -> orders("ON") > 0);
      Await.until("a command that runs", () -> answers().contains("\"running\""));
      assertThat(answers()).doesNotContain("\"outcome\"");
      field.publish("stat/lamp-1/POWER", "ON", 1);
      Await.until("its outcome", () -> answers().contains("\"outcome\""));
      assertThat(answers()).contains("\"done\"");
      assertThat(gateway.stop()).as(gateway.said()).isZero();
    }
  }

  private Path site() throws Exception {
    return Files.writeString(
        folder.resolve("site.yaml"),
        """
        schema: 1
        site: { id: MQTT-1, name: lane, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
        uplink: { url: "%s", tenant: bench, compress: none, spread: 0s, accept: [plaintext, anonymous] }
        buses:
          field: { driver: mqtt, url: "%s", accept: [plaintext, anonymous] }
        assets:
          lamp-1: { kind: lamp, name: lamp 1, power: 60W, profile: tasmota-plug, at: field/lamp-1 }
        """
            .formatted(broker.url(), field.url()));
  }

  private long orders(String word) {
    return street
        .messages(m -> m.topic().equals("cmnd/lamp-1/POWER") && m.payload().equals(word))
        .size();
  }

  private String answers() {
    return String.join(
        "\n",
        city.messages(m -> m.topic().endsWith("/r/k-1")).stream()
            .map(City.Message::payload)
            .toList());
  }
}
