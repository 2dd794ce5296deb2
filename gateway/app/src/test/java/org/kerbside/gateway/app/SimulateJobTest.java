package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** {@code kerbside simulate} on a gateway whose bus is simulated: typed, alarmed, at the city. */
@NeedsPeer({"mosquitto", "mosquitto_sub"})
@Timeout(120)
class SimulateJobTest {

  @TempDir private Path data;

  @Test
  void aFaultThatIsTypedIsAnAlarmAtTheCityAndEndsWithItsTime() throws Exception {
    try (var broker = Mosquitto.start();
        var city = City.at(broker.port());
        var gateway =
            GatewayProcess.run("street.yaml", data, "none", "uplink.url=" + broker.url())) {
      var struck =
          Typed.of("simulate", "f1", "--fault", "sos", "--for", "2s", "--data", data.toString());
      assertThat(struck.out()).isEqualTo("f1: sos for 2s\n");
      assertThat(struck.exit()).as(struck.err()).isZero();
      Await.until("the alarm", () -> has(city, "\"id\":\"f1/stall-sos\",\"change\":\"raised\""));
      Await.until("its end", () -> last(city, "a/f1").contains("\"sos\":{\"v\":false"));
      assertThat(gateway.stop()).as(gateway.said()).isZero();
    }
  }

  private static boolean has(City city, String words) {
    return city.on("e").stream().anyMatch(message -> message.payload().contains(words));
  }

  private static String last(City city, String topic) {
    var told = city.messages(message -> message.topic().endsWith("/" + topic));
    return told.isEmpty() ? "" : told.getLast().payload();
  }
}
