package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** {@code identity: certificate} in the real gateway, before a broker that wants one. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub", "openssl"})
@Timeout(120)
class CertificateTest {

  @TempDir private Path folder;

  /** The street is served meanwhile, and nobody has to start anything again. */
  @Test
  void runsWithoutUplinkUntilItsKeyIsThere() throws Exception {
    var authority = Authority.in(folder, "city");
    var ours = authority.forBroker("IP:127.0.0.1");
    int port = FreePort.tcp();
    var settings =
        List.of(
            "listener %d 127.0.0.1".formatted(port),
            "cafile " + authority.authorities(),
            "certfile " + ours.resolve("cert.pem"),
            "keyfile " + ours.resolve("key.pem"),
            "require_certificate true");
    var data = folder.resolve("data");
    try (var field = Mosquitto.start(Mosquitto.Memory.PERSISTS, List.of());
        var broker = Mosquitto.start(Mosquitto.Memory.PERSISTS, settings);
        var city = City.at(broker.port());
        var sensors = Sensors.at(field.url());
        var gateway =
            GatewayProcess.run(
                "mqtt-field.yaml",
                data,
                "none",
                "uplink.url=mqtts://127.0.0.1:" + port,
                "uplink.identity=certificate",
                "buses.field.url=" + field.url())) {
      sensors.send(100);
      sensors.settle();
      Await.until(
          "it says what is missing",
          () -> gateway.said().contains("identity/cert.pem: is missing"));
      Await.until("the readings are kept", () -> Files.size(data.resolve("journal.db")) > 0);
      assertThat(city.count()).isZero();

      copy(authority.forGateway(Authority.Kind.EC, "TEST"), data.resolve("identity"));
      Await.until("all is at the city", () -> city.count() >= 100);
      assertThat(gateway.stop()).isZero();
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    Files.createDirectories(to);
    for (var file : List.of("ca.pem", "key.pem", "cert.pem")) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
  }
}
