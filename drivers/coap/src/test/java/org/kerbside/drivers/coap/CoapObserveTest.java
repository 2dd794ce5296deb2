package org.kerbside.drivers.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.CoapServer;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.model.Value;

/** A sensor that waits to be asked: libcoap's server. */
@NeedsPeer({"coap-server-notls", "coap-client-notls"})
@Timeout(60)
class CoapObserveTest {

  @TempDir Path folder;
  private int port;
  private OpenField field;

  @BeforeEach
  void open() throws Exception {
    port = FreePort.udp();
    field = new OpenField(null, "A81");
    field.watches("A81", CoapServer.resource(port));
  }

  @AfterEach
  void close() {
    field.close();
  }

  @Test
  void whatItSaysIsHeardEachTimeItChanges() throws Exception {
    try (var sensor = CoapServer.start(port)) {
      says(sensor, "0.9");
      field.open();
      awaitDistance(.9);
      says(sensor, "0.8");
      awaitDistance(.8);
      says(sensor, "0.7");
      awaitDistance(.7);
      assertThat(field.inlet.samples()).hasSize(3);
      assertThat(field.inlet.reports()).isEmpty();
    }
  }

  @Test
  void whatIsNoPackIsToldAndTheNextIsHeard() throws Exception {
    try (var sensor = CoapServer.start(port)) {
      sensor.says(110, Files.writeString(folder.resolve("body"), "{ no pack"));
      field.open();
      Await.until("a report", () -> !field.inlet.reports().isEmpty());
      assertThat(field.inlet.reports().getFirst().what()).isEqualTo("malformed");
      says(sensor, "0.8");
      awaitDistance(.8);
    }
  }

  @Test
  void whoSleptIsAskedAgain() throws Exception {
    field.open(); // and the port answers: nobody is here
    try (var sensor = CoapServer.start(port)) {
      says(sensor, "0.5");
      awaitDistance(.5);
    }
  }

  private void says(CoapServer sensor, String metres) throws Exception {
    var pack = "[{\"n\":\"distance\",\"u\":\"m\",\"v\":%s}]".formatted(metres);
    sensor.says(110, Files.writeString(folder.resolve("body"), pack));
  }

  private void awaitDistance(double metres) throws Exception {
    var wanted = new Value.Num(metres);
    Await.until(
        "%s m".formatted(metres),
        () -> field.inlet.samples().stream().anyMatch(said -> wanted.equals(said.value())),
        Duration.ofSeconds(20),
        () -> "%s %s".formatted(field.inlet.samples(), field.inlet.reports()));
  }
}
