package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.ModbusSlaves;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The main job through Modbus: pymodbus's slaves, the real gateway, a real city. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub", "pymodbus"})
@Timeout(120)
class ModbusJobTest {

  private static final String PREFIX = "kerbside/1/bench/MODBUS-1";
  private static final int LAMP = 11;

  @TempDir private Path data;
  private int port;
  private ModbusSlaves slaves;
  private Mosquitto broker;
  private City city;

  @BeforeEach
  void openTheStreet() throws Exception {
    port = FreePort.tcp();
    slaves = ModbusSlaves.tcp(port);
    slaves.hold(1, "input", 0, "4366 3333" + " 0".repeat(0x4A));
    slaves.hold(31, "holding", 0, "7a1 ff83"); // 1953 mm at -12.5 °C
    slaves.hold(LAMP, "coil", 0, "1");
    slaves.hold(LAMP, "holding", 0, "50");
    slaves.hold(LAMP, "input", 0, "8fe 10e 267 3d4 1 0 0 10e1 0 4d");
    broker = Mosquitto.start();
    city = City.at(broker.port());
  }

  @AfterEach
  void closeTheStreet() {
    city.close();
    broker.close();
    slaves.close();
  }

  @Test
  void whatSlavesHoldIsAtTheCityAndWhatTheCityOrdersIsInASlave() throws Exception {
    try (var gateway =
        GatewayProcess.run(
            "modbus-field.yaml",
            data,
            "none",
            "uplink.url=" + broker.url(),
            "buses.rs485-a.url=modbus://127.0.0.1:" + port,
            "assets.lamp-1.min-on=1s", // it is switched at the start, and need not rest for us
            "assets.lamp-1.min-off=1s")) {
      awaitValue("feeder-1/voltageA", 230.2);
      awaitValue("bin-1/distance", 1.953);
      awaitValue("lamp-1/power", 61.5);
      // Nobody answers as the dust sensor: unknown, and the others' values came all the same.
      Await.until("what is silent", () -> isBad("dust-1/pm10", "time-out"));

      order("m-1", "lamp-1/dim", "0.37");
      Await.until(
          "the outcome",
          () -> city.newest(PREFIX + "/r/m-1").contains("\"outcome\":\"done\""),
          Duration.ofSeconds(40),
          () -> city.newest(PREFIX + "/r/m-1"));
      assertThat(slaves.tell(LAMP, "holding", 0, 1)).isEqualTo("37");

      var read = Typed.of("read", "rs485-a/31", "--raw", "--data", data.toString());
      assertThat(read.out())
          .contains(
              "rs485-a/31 · bin-1 · ultrasonic-485", "distance     1953.0 mm", "> 1F 03 00 00");
      var scan =
          Typed.of("scan", "rs485-a", "--from", "0x1", "--to", "2", "--data", data.toString());
      assertThat(scan.out()).isEqualTo("rs485-a/1 · feeder-1 · sdm120\n");
      assertThat(scan.err()).contains("1 of 2 answer");
      var none = Typed.of("read", "rs485-b/1", "--data", data.toString());
      assertThat(none.exit()).isEqualTo(2);
      assertThat(none.err()).contains("no bus 'rs485-b'", "did you mean 'rs485-a'?");
      assertThat(gateway.stop()).isZero();
    }
  }

  private void order(String id, String point, String value) throws Exception {
    broker.publish(
        PREFIX + "/c/" + id,
        """
        {"v":1,"id":"%s","op":"set","point":"%s","value":%s,"by":"dispatch:test",\
        "issued":1790000000,"expires":4000000000,"lease":3600}"""
            .formatted(id, point, value),
        1);
  }

  private void awaitValue(String point, double value) throws Exception {
    Await.until(point, () -> told(point).stream().anyMatch(told -> Math.abs(told - value) < 1e-9));
  }

  private List<Double> told(String point) {
    return city.soFar().getOrDefault(point, List.of()).stream()
        .map(told -> told.value().asDouble())
        .toList();
  }

  private boolean isBad(String point, String why) {
    return city.payloads().stream()
        .anyMatch(said -> said.matches(".*\"n\":\"%s\"[^}]*\"%s\".*".formatted(point, why)));
  }
}
