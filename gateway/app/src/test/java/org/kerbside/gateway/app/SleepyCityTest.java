package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** After a power cut the cabinet is up before anybody else. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(60)
class SleepyCityTest {

  @TempDir private Path data;

  @Test
  void bothBrokersComeUpAfterTheGatewayAndReadingsArrive() throws Exception {
    int fieldPort = FreePort.tcp();
    int cityPort = FreePort.tcp();
    try (var gateway =
        GatewayProcess.run(
            "mqtt-field.yaml",
            data,
            "none",
            "uplink.url=mqtt://127.0.0.1:" + cityPort,
            "buses.field.url=mqtt://127.0.0.1:" + fieldPort)) {
      assertThat(Typed.of("status", "--data", data.toString()).out())
          .containsPattern("uplink   (connecting|down) ");
      try (var broker = Mosquitto.start(cityPort, Mosquitto.Memory.PERSISTS, List.of());
          var city = City.at(cityPort);
          var field =
              Mosquitto.start(
                  fieldPort, Mosquitto.Memory.PERSISTS, List.of("log_type subscribe"))) {
        Await.until("the field's subscription", () -> field.log().contains("kerbside-BENCH-1"));
        try (var sensors = Sensors.at(field.url())) {
          sensors.send(2 * Sensors.POINTS);
          sensors.settle();
          Await.until("all readings at the city", () -> city.count() >= sensors.sent());
        }
        assertThat(broker.port()).isEqualTo(cityPort);
        assertThat(gateway.stop()).isZero();
        var readings = city.readings();
        for (int i = 0; i < Sensors.POINTS; i++) {
          assertThat(readings.getOrDefault(Sensors.point(i), List.of()))
              .extracting(told -> told.value().asInt())
              .isEqualTo(IntStream.range(0, 2).boxed().toList());
        }
      }
    }
  }
}
