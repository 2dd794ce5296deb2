package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.app.wiring.Here;

/** Somebody changes a site that runs, under load: wrongly, rightly, and back. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(120)
class ReloadJobTest {

  private static final String STATE = "kerbside/1/bench/BENCH-1/state";

  @TempDir private Path folder;
  private Path data;
  private Path site;
  private String written;
  private Town town;

  @BeforeEach
  void openTheStreet() throws Exception {
    data = folder.resolve("data");
    site = folder.resolve("site.yaml");
    written = Files.readString(GatewayProcess.home().resolve("config/sites/mqtt-field.yaml"));
    Files.writeString(site, written);
    town = Town.open(Mosquitto.Memory.PERSISTS);
  }

  @AfterEach
  void closeTheStreet() throws Exception {
    town.close();
  }

  @Test
  void aReloadIsWholeOrNothingAndLosesNoReading() throws Exception {
    try (var gateway = run()) {
      awaitRevision(1);
      var loading = new AtomicBoolean(true);
      var load = load(loading);
      Await.until("the alarm stands", () -> raised() == 1);

      Files.writeString(site, written.replace("profile:", "profil:"));
      var wrong = reload();
      assertThat(wrong.exit()).isEqualTo(2);
      assertThat(wrong.out())
          .contains("site.yaml:8:62: error E003", "did you mean 'profile'?")
          .endsWith("\nfailed: 1 error in site.yaml; revision 1 goes on unchanged\n");
      Await.until("the city hears of it", () -> events().contains("configuration-refused"));

      Files.writeString(
          site,
          written + "  - { rule: low, for: generic, when: p0 < -900.0, severity: warning }\n");
      assertThat(reload().out()).startsWith("  + low\nrevision 2 applied in ");
      awaitRevision(2);
      Await.until("it is told who did it", () -> events().contains("\"subject\":\"revision-2\""));
      assertThat(reload().out()).isEqualTo("nothing has changed; revision 2 goes on\n");

      assertThat(reload("--to", "1").out()).contains("  - low\n", "revision 1 applied in ");
      awaitRevision(1);
      assertThat(town.field().log().split(" as kerbside-BENCH-1-field ", -1))
          .as("connections of a bus that nobody changed")
          .hasSize(2);
      gateway.kill();
      loading.set(false);
      load.join();
    }
    try (var again = run()) {
      assertThat(typed("status").out()).contains("revision 1");
      town.sensors().settle();
      Await.until(
          "all readings at the city",
          () -> town.city().count() >= town.sensors().sent() + 1,
          Duration.ofSeconds(60),
          () -> "%d of %d".formatted(town.city().count(), town.sensors().sent() + 1));
      assertThat(again.stop()).isZero();
    }
    everyReadingOnceAndInOrder();
    assertThat(raised()).as("the alarm is raised once").isEqualTo(1);
    assertThat(Files.readString(site)).contains("rule: low");
  }

  @Test
  void whatCutsTheGatewayOffComesBackByItself() throws Exception {
    Files.writeString(site, written.replace("127.0.0.1:1884", broker()));
    try (var gateway =
        GatewayProcess.run(
            site.toString(), data, "none", "buses.field.url=" + town.field().url())) {
      awaitRevision(1);
      Files.writeString(site, written.replace("127.0.0.1:1884", "127.0.0.1:" + FreePort.tcp()));
      assertThat(reload("--for", "3s").out())
          .contains("  ~ uplink  url mqtt://%s → mqtt://127.0.0.1:".formatted(broker()))
          .contains("probation 3 s, then kept, or back to 1");
      Await.until("it is back", () -> typed("status").out().contains("revision 1"));
      awaitRevision(1);
      Await.until("it is told why", () -> events().contains("the city has not heard of it"));
      assertThat(gateway.said()).contains("back from revision 2 to 1");
      assertThat(gateway.stop()).isZero();
    }
  }

  private String broker() {
    return town.broker().url().replace("mqtt://", "");
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(
        site.toString(),
        data,
        "none",
        "uplink.url=" + town.broker().url(),
        "buses.field.url=" + town.field().url());
  }

  private Thread load(AtomicBoolean going) throws Exception {
    town.sensors().alarm();
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (going.get()) {
                  town.sensors().send(5);
                  Thread.sleep(10);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private Here reload(String... words) throws Exception {
    var all = new ArrayList<>(List.of("reload"));
    all.addAll(List.of(words));
    return typed(all.toArray(String[]::new));
  }

  private Here typed(String... words) throws Exception {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
  }

  private void awaitRevision(int number) throws Exception {
    Await.until(
        "revision " + number,
        () -> town.city().newest(STATE).contains("\"revision\":%d,".formatted(number)),
        Duration.ofSeconds(20),
        () -> town.city().newest(STATE));
  }

  private String events() {
    return String.join("\n", town.city().on("e").stream().map(City.Message::payload).toList());
  }

  private long raised() {
    return town.city().frames("e").values().stream()
        .filter(frame -> frame.payload().contains("\"change\":\"raised\""))
        .filter(frame -> frame.payload().contains("\"id\":\"a0/high\""))
        .count();
  }

  private void everyReadingOnceAndInOrder() {
    var readings = town.city().readings();
    for (int point = 0; point < Sensors.POINTS; point++) {
      int expected = (town.sensors().sent() - point + Sensors.POINTS - 1) / Sensors.POINTS;
      assertThat(readings.getOrDefault(Sensors.point(point), List.of()))
          .as(Sensors.point(point))
          .extracting(told -> told.value().asInt())
          .isEqualTo(IntStream.range(0, expected).boxed().toList());
    }
  }
}
