package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Chirpstack;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The main job through LoRaWAN: ChirpStack's events at a real broker, the gateway, a real city. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(120)
class LorawanJobTest {

  private static final String BIN = "24E124713B010001";
  private static final String LAMPS = "24E124756B010001";
  private static final String COMMANDS = "kerbside/1/bench/LORA-1/c/";
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  @TempDir private Path data;
  private Mosquitto field;
  private Mosquitto broker;
  private City street;
  private City city;

  @BeforeEach
  void open() throws Exception {
    field = Mosquitto.start(Mosquitto.Memory.PERSISTS, List.of());
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
  void anUplinkIsAtTheCityOnceThoughTheServerTellsItTwice() throws Exception {
    try (var gateway = run()) {
      bin(1, "01755C 03670101 04824408 050000");
      bin(1, "01755C 03670101 04824408 050000"); // by another integration: the same id
      bin(2, "03671A01 0482D007 050001");
      await("bin-1/fill", 2);
      assertThat(gateway.stop()).as(gateway.said()).isZero();
    }
    // 2.116 and 2.000 m by the speed of sound at 20 °C, corrected to that at 25.7 and 28.2 °C.
    assertThat(numbers("bin-1/distance")).containsExactly(2.136, 2.028);
    assertThat(numbers("bin-1/temperature")).containsExactly(25.7, 28.2);
    assertThat(numbers("bin-1/tilt")).containsExactly(0.0, 90.0);
    assertThat(numbers("bin-1/battery")).containsExactly(92.0);
    assertThat(numbers("bin-1/rssi")).containsExactly(-57.0);
  }

  /** Accepted is not done: the outcome comes with the uplink that shows it. */
  @Test
  void aLampIsSwitchedByADownlinkAndDoneWhenItShows() throws Exception {
    try (var gateway = run()) {
      lamps(1, "08310000");
      await("lamp-1/on", 1);
      broker.publish(
          COMMANDS + "k-1",
          "{\"v\":1,\"id\":\"k-1\",\"op\":\"set\",\"point\":\"lamp-1/on\",\"value\":true,"
              + "\"by\":\"dispatch:test\",\"issued\":1790000000,\"expires\":4000000000,\"lease\":3600}",
          1);
      Await.until("a downlink", () -> !downlinks("CAEB").isEmpty());
      var id = ID.matcher(downlinks("CAEB").getFirst().payload());
      assertThat(id.find()).isTrue();
      field.publish(Chirpstack.topic(LAMPS, "ack"), Chirpstack.heard(id.group(1)), 1);
      Await.until("a command that runs", () -> answers().contains("\"running\""));
      assertThat(answers()).doesNotContain("\"outcome\"");
      lamps(2, "08310101");
      Await.until("its outcome", () -> answers().contains("\"outcome\""));
      assertThat(answers()).contains("\"done\"");
      assertThat(gateway.stop()).as(gateway.said()).isZero();
    }
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(
        "lorawan.yaml",
        data,
        "none",
        "uplink.url=" + broker.url(),
        "buses.lora.url=" + field.url());
  }

  private void bin(int count, String hex) throws Exception {
    field.publish(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, count, 85, hex, now()), 1);
  }

  private void lamps(int count, String hex) throws Exception {
    field.publish(Chirpstack.topic(LAMPS, "up"), Chirpstack.up(LAMPS, count, 85, hex, now()), 1);
  }

  private static String now() {
    return Instant.now().toString();
  }

  private List<City.Message> downlinks(String telegram) {
    return street.messages(
        m -> m.topic().equals(Chirpstack.down(LAMPS)) && m.payload().contains(telegram));
  }

  private String answers() {
    return String.join(
        "\n",
        city.messages(m -> m.topic().endsWith("/r/k-1")).stream()
            .map(City.Message::payload)
            .toList());
  }

  private void await(String point, int readings) throws Exception {
    Await.until(
        readings + " of " + point,
        () -> city.readings().getOrDefault(point, List.of()).size() >= readings);
  }

  private List<Double> numbers(String point) {
    return city.readings().getOrDefault(point, List.of()).stream()
        .map(told -> told.value().asDouble())
        .toList();
  }
}
