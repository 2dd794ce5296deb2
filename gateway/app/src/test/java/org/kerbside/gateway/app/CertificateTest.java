package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.app.wiring.Here;

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
        var gateway = GatewayProcess.run(site(port, field.url()), data, "none")) {
      sensors.send(100);
      sensors.settle();
      Await.until(
          "it says what is missing",
          () -> gateway.said().contains("identity/cert.pem: is missing"));
      Await.until("the readings are kept", () -> Files.size(data.resolve("journal.db")) > 0);
      assertThat(city.count()).isZero();

      assertThat(typed(data, "doctor", "--only", "certificate").out())
          .contains("FAIL  certificate there is none");
      accept(authority, data, "--authority", authority.authorities().toString());
      Await.until("all is at the city", () -> city.count() >= 100);

      sensors.send(100);
      accept(authority, data);
      sensors.send(100);
      sensors.settle();
      Await.until("it shows the other one", () -> gateway.said().contains("connects anew"));
      Await.until("nothing is lost", () -> city.count() >= 300);
      assertThat(typed(data, "identity").out())
          .contains("name         BENCH-1", "good for another");
      assertThat(typed(data, "doctor", "--only", "certificate").out())
          .contains(" ok    certificate BENCH-1, good for another 1 days");

      var shown = typed(data, "identity").out();
      var stranger = Authority.in(folder, "stranger");
      accept(stranger, data, "--authority", stranger.authorities().toString());
      sensors.send(100);
      sensors.settle();
      Await.until(
          "it goes back",
          () -> gateway.said().contains("certificate: the broker refuses"),
          Duration.ofSeconds(20),
          gateway::said);
      Await.until("nothing is lost", () -> city.count() >= 400);
      assertThat(typed(data, "identity").out())
          .contains(shown.lines().filter(line -> line.startsWith("serial")).toList())
          .contains("refused      by the broker: ");
      assertThat(typed(data, "doctor", "--only", "certificate").out())
          .contains(" warn  certificate BENCH-1", "the one before is in use again");
      assertThat(typed(data, "status").out())
          .contains("uplink   connected", "the broker refuses the certificate that came");
      assertThat(gateway.said().split("certificate: the broker refuses", -1)).hasSize(2);
      assertThat(gateway.stop()).isZero();
    }
  }

  private String site(int port, String field) throws Exception {
    var shipped = GatewayProcess.home().resolve("config/sites/mqtt-field.yaml");
    var own =
        Files.readString(shipped)
            .replace("mqtt://127.0.0.1:1884,", "mqtts://127.0.0.1:%d,".formatted(port))
            .replace(
                "spread: 0s, accept: [plaintext, anonymous]", "spread: 0s, identity: certificate")
            .replace("mqtt://127.0.0.1:1883", field);
    return Files.writeString(folder.resolve("site.yaml"), own).toString();
  }

  /** A request goes out as a file, and a certificate comes in as one. */
  private void accept(Authority authority, Path data, String... more) throws Exception {
    var request = Files.createTempFile(folder, "request", ".csr");
    Files.writeString(request, typed(data, "identity", "request").out());
    var line = new ArrayList<>(List.of("identity", "accept"));
    line.add(authority.signed(request).toString());
    line.addAll(List.of(more));
    var accepted = typed(data, line.toArray(String[]::new));
    assertThat(accepted.exit()).as(accepted.err()).isZero();
  }

  private static Here typed(Path data, String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
  }
}
