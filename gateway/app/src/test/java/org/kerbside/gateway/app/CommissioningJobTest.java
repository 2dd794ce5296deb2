package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** An installer at the cabinet: measures a bin, swaps a meter; the site's file stays as it is. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub", "pymodbus"})
@Timeout(120)
class CommissioningJobTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path data;
  @TempDir private Path home;
  private int port;
  private ModbusSlaves slaves;
  private Mosquitto broker;
  private City city;

  /** The two devices of the example site, asked every second. */
  @BeforeEach
  void writeTheSite() throws Exception {
    var config = GatewayProcess.home().resolve("config");
    var lines = Files.readString(config.resolve("sites/modbus-field.yaml")).lines();
    Files.write(
        home.resolve("site.yaml"),
        lines.filter(line -> !line.contains("dust-1:") && !line.contains("lamp-1:")).toList());
    var profiles = Files.createDirectory(home.resolve("profiles"));
    for (var name : List.of("sdm120.yaml", "ultrasonic-485.yaml")) {
      var profile = Files.readString(config.resolve("profiles").resolve(name));
      assertThat(profile).contains("every: 10s");
      Files.writeString(profiles.resolve(name), profile.replace("every: 10s", "every: 1s"));
    }
  }

  @BeforeEach
  void openTheStreet() throws Exception {
    port = FreePort.tcp();
    slaves = ModbusSlaves.tcp(port);
    slaves.hold(31, "holding", 0, "348 c8"); // 840 mm at 20 °C
    meter(1, "447a 0000"); // 1,000 kWh
    meter(2, "4120 0000"); // 10 kWh
    broker = Mosquitto.start();
    city = City.at(broker.port());
  }

  @AfterEach
  void closeTheStreet() {
    city.close();
    broker.close();
    slaves.close();
  }

  private void meter(int slave, String energy) throws Exception {
    slaves.hold(slave, "input", 0, "4366 3333" + " 0".repeat(0x4A));
    slaves.hold(slave, "input", 0x48, energy);
  }

  @Test
  void whatIsLearnedOnTheSpotHoldsAtOnceAndForGood() throws Exception {
    var file = home.resolve("site.yaml");
    var written = Files.readString(file);
    try (var gateway = run()) {
      awaitLast("bin-1/fill", .4); // of 120 cm
      awaitLast("feeder-1/energy", 1000);

      var calibrated = typed("calibrate", "bin-1", "empty=98cm", "--by", "4711");
      assertThat(calibrated.out()).isEqualTo("bin-1: empty 1.2m → 98cm\n");
      awaitLast("bin-1/fill", .206);
      awaitEvent("\"what\":\"calibrated\"", "\"set\":{\"empty\":\"98cm\"}");

      var wrong = typed("calibrate", "bin-1", "empty=9cm", "--by", "4711");
      assertThat(wrong.exit()).isEqualTo(2);
      assertThat(wrong.err()).contains("E1", "nothing has changed");
      var strange = typed("bind", "feeder-1", "rs485-a/31", "--by", "4711");
      assertThat(strange.exit()).isEqualTo(2);
      assertThat(strange.err()).contains("'rs485-a/31' is the address of 'bin-1' already");

      var bound = typed("bind", "feeder-1", "rs485-a/2", "--by", "4711");
      assertThat(bound.out())
          .isEqualTo("feeder-1: at rs485-a/1 → rs485-a/2; the gateway begins again\n");
      awaitEvent("\"what\":\"bound\"", "\"was\":{\"at\":\"rs485-a/1\"");
      awaitEvent("counter-swap", "stood at 1000.0 kWh, this one at 10.0 kWh");
      meter(2, "4140 0000"); // 12 kWh
      awaitLast("feeder-1/energy", 1002);
      gateway.kill();
    }
    try (var gateway = run()) {
      meter(2, "4150 0000"); // 13 kWh
      awaitLast("feeder-1/energy", 1003);
      awaitLast("bin-1/fill", .206);
      assertThat(typed("overlay").out())
          .contains("bin-1: { empty: 98cm }  # 4711, ", "feeder-1: { at: rs485-a/2 }  # 4711, ");
      assertThat(typed("overlay", "bin-1", "--format", "json").out())
          .contains(
              "\"asset\":\"bin-1\",\"set\":{\"empty\":\"98cm\"},\"was\":{\"empty\":\"1.2m\"}");
      Await.until("no hole, over two ends", () -> city.isWhole("d") && city.isWhole("e"));
      assertThat(gateway.stop()).isZero();
    }
    assertThat(Files.readString(file)).isEqualTo(written);
    city.frames("d"); // No hole, over two ends.
    city.frames("e");
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(
        home.resolve("site.yaml").toString(),
        data,
        "none",
        "uplink.url=" + broker.url(),
        "assets.feeder-1.counters.energy.most=100000000W", // no hurry is a jump
        "buses.rs485-a.url=modbus://127.0.0.1:" + port);
  }

  private Typed typed(String... words) throws Exception {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Typed.of(line.toArray(String[]::new));
  }

  private void awaitLast(String point, double value) throws Exception {
    Await.until(
        point + " " + value,
        () -> {
          var told = city.soFar().getOrDefault(point, List.of());
          return !told.isEmpty() && Math.abs(told.getLast().value().asDouble() - value) < 1e-3;
        },
        PATIENCE,
        () -> "%s: %s".formatted(city.soFar().get(point), city.payloads()));
  }

  private void awaitEvent(String... parts) throws Exception {
    Await.until(
        List.of(parts).toString(),
        () ->
            city.payloads().stream()
                .anyMatch(said -> List.of(parts).stream().allMatch(said::contains)));
  }
}
