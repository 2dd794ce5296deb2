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
import org.kerbside.config.Revisions;
import org.kerbside.config.Standing;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.ModbusSlaves;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.app.wiring.Here;

/**
 * A change after which a bus answers worse, though the city is reached; and what a person keeps.
 */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub", "pymodbus"})
@Timeout(120)
class ProbationJobTest {

  private static final String SITE =
      """
      schema: 1
      site: { id: PROBE-1, name: probe, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: "mqtt://127.0.0.1:BROKER", tenant: bench, spread: 0s, accept: [ plaintext, anonymous ] }
      buses:
        rs485-a: { driver: modbus, url: "modbus://127.0.0.1:SLAVES", every: 1s }
      assets:
        bin-1: { kind: bin, empty: 250cm, full: 30cm, profile: ultrasonic-485, at: rs485-a/31 }
      """;

  @TempDir private Path folder;
  private Path data;
  private Path site;
  private String written;
  private int port;
  private ModbusSlaves slaves;
  private Mosquitto broker;
  private City city;

  @BeforeEach
  void openTheStreet() throws Exception {
    port = FreePort.tcp();
    slaves = ModbusSlaves.tcp(port);
    slaves.hold(31, "holding", 0, "7a1 ff83"); // 1953 mm at -12.5 °C
    broker = Mosquitto.start();
    city = City.at(broker.port());
    data = folder.resolve("data");
    written =
        SITE.replace("BROKER", String.valueOf(broker.port()))
            .replace("SLAVES", String.valueOf(port));
    site = Files.writeString(folder.resolve("site.yaml"), written);
  }

  @AfterEach
  void closeTheStreet() {
    city.close();
    broker.close();
    slaves.close();
  }

  @Test
  void whatMakesABusAnswerWorseComesBackUnlessAPersonKeepsIt() throws Exception {
    try (var gateway = GatewayProcess.run(site.toString(), data, "none")) {
      awaitBus("rs485-a: 1 of 1 answer");
      Files.writeString(
          site,
          written
              .replace(":" + port + "\"", ":" + FreePort.tcp() + "\"")
              .replace("spread: 0s", "spread: 1s"));
      assertThat(typed("reload", "--for", "6s").out()).contains("probation 6 s, then kept");
      Await.until(
          "it is back",
          () -> gateway.said().contains("back from revision 2 to 1: "),
          Duration.ofSeconds(30),
          gateway::said);
      assertThat(gateway.said()).contains("rs485-a: 0 of 1 answer, 1 did before");
      awaitBus("rs485-a: 1 of 1 answer");

      assertThat(typed("reload", "--keep", "--for", "1s").out())
          .contains("revision 2 applied in ")
          .doesNotContain("probation");
      Await.until("it is there to stay", () -> standing().probation() == null);
      assertThat(standing().revision()).isEqualTo(2);
      awaitBus("rs485-a: 0 of 1 answer");
      assertThat(gateway.stop()).isZero();
    }
  }

  private Standing standing() throws Exception {
    return Revisions.in(data).standing();
  }

  private void awaitBus(String line) throws Exception {
    Await.until(
        line,
        () -> typed("doctor", "--only", "bus").out().contains(line),
        Duration.ofSeconds(30),
        () -> typed("doctor", "--only", "bus").out());
  }

  private Here typed(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
  }
}
