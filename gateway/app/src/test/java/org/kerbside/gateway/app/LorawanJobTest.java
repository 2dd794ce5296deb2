package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
  private static final String VALVES = "24E124468B010001";

  // Bytes in base64, as they stand in a downlink.
  private static final String LAMP_ON = "CAEB"; // 08 01 01
  private static final String SHUT_BOTH = "/x0AAP8dAQA="; // ff 1d 00 00 ff 1d 01 00

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

  /** At the end the valves sleep and we leave: the server's queue has to tell them to be shut. */
  @Test
  void anUplinkIsAtTheCityOnceAndWhatWaitsIsLeftToTheServerWhenWeStop() throws Exception {
    try (var gateway = run("buses.lora.application=" + Chirpstack.APPLICATION)) {
      bin(1, "01755C 03670101 04824408 050000");
      bin(1, "01755C 03670101 04824408 050000"); // by another integration: the same id
      bin(2, "03671A01 0482D007 050001");
      await("bin-1/fill", 2);
      assertThat(downlinks(VALVES, SHUT_BOTH)).isEmpty();
      assertThat(gateway.stop()).as(gateway.said()).isZero();
    }
    // 2.116 and 2.000 m by the speed of sound at 20 °C, corrected to that at 25.7 and 28.2 °C.
    assertThat(numbers("bin-1/distance")).containsExactly(2.136, 2.028);
    assertThat(numbers("bin-1/temperature")).containsExactly(25.7, 28.2);
    assertThat(numbers("bin-1/tilt")).containsExactly(0.0, 90.0);
    assertThat(numbers("bin-1/battery")).containsExactly(92.0);
    assertThat(numbers("bin-1/rssi")).containsExactly(-57.0);
    Await.until("the valves' order", () -> !downlinks(VALVES, SHUT_BOTH).isEmpty());
  }

  /** Accepted is not done: the outcome comes with the uplink that shows it. */
  @Test
  void aLampIsSwitchedByADownlinkAndDoneWhenItShows() throws Exception {
    try (var gateway = run()) {
      lamps(1, "08310000");
      await("lamp-1/on", 1);
      broker.publish(COMMANDS + "k-1", command("k-1", "lamp-1/on", "true"), 1);
      Await.until("a downlink", () -> !downlinks(LAMPS, LAMP_ON).isEmpty());
      heard(LAMPS, LAMP_ON);
      Await.until("a command that runs", () -> answers("k-1").contains("\"running\""));
      assertThat(answers("k-1")).doesNotContain("\"outcome\"");
      lamps(2, "08310101");
      Await.until("its outcome", () -> answers("k-1").contains("\"outcome\""));
      assertThat(answers("k-1")).contains("\"done\"");
      assertThat(gateway.stop()).as(gateway.said()).isZero();
    }
  }

  private GatewayProcess run(String... settings) throws Exception {
    var all = new ArrayList<String>();
    all.add("uplink.url=" + broker.url());
    all.add("buses.lora.url=" + field.url());
    all.addAll(List.of(settings));
    return GatewayProcess.run("lorawan.yaml", data, "none", all.toArray(String[]::new));
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

  private static String command(String id, String point, String value) {
    return """
        {"v":1,"id":"%s","op":"set","point":"%s","value":%s,"by":"dispatch:test",
        "issued":1790000000,"expires":4000000000,"lease":3600}
        """
        .formatted(id, point, value);
  }

  /** The device hears the downlink with those bytes. */
  private void heard(String eui, String telegram) throws Exception {
    var id = ID.matcher(downlinks(eui, telegram).getFirst().payload());
    assertThat(id.find()).isTrue();
    field.publish(Chirpstack.topic(eui, "ack"), Chirpstack.heard(id.group(1)), 1);
  }

  private List<City.Message> downlinks(String eui, String telegram) {
    return street.messages(
        m ->
            m.topic().equals(Chirpstack.down(eui))
                && m.payload().contains("\"data\":\"%s\"".formatted(telegram)));
  }

  private String answers(String id) {
    return String.join(
        "\n",
        city.messages(m -> m.topic().endsWith("/r/" + id)).stream()
            .map(City.Message::payload)
            .toList());
  }

  private void await(String point, int readings) throws Exception {
    Await.until(
        readings + " of " + point,
        () -> city.soFar().getOrDefault(point, List.of()).size() >= readings);
  }

  private List<Double> numbers(String point) {
    return city.soFar().getOrDefault(point, List.of()).stream()
        .map(told -> told.value().asDouble())
        .toList();
  }
}
