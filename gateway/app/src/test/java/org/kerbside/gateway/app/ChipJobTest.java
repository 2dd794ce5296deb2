package org.kerbside.gateway.app;

import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Mistakes;
import org.kerbside.config.SiteConfig;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.board.BoardBus;
import org.kerbside.drivers.board.ChipField;
import org.kerbside.drivers.board.LinuxHardware;
import org.kerbside.drivers.board.Place;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Trace;
import org.kerbside.gateway.app.wiring.HandGateway;
import org.kerbside.gateway.app.wiring.Running;

/** The main job by a chip: its trace behind Pi4J, the whole gateway, a real city. */
@NeedsPeer({"mosquitto", "mosquitto_sub"})
@Timeout(60)
class ChipJobTest {

  private static final String SITE =
      """
      schema: 1
      site: { id: CHIP-1, name: chips, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://127.0.0.1:1883, tenant: bench, compress: none, spread: 0s, accept: [ plaintext, anonymous ] }
      buses: { wires: { driver: board, i2c: 1 } }
      assets: { sky: { kind: weather, name: mast, profile: sht31, at: wires/0x44 } }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void whatAChipSaysIsAtTheCity() throws Exception {
    Files.createDirectories(folder.resolve("dev"));
    Files.createFile(folder.resolve("dev/i2c-1"));
    var site = Files.writeString(folder.resolve("site.yaml"), SITE);
    var running =
        new Running(folder.resolve("kept"), null, new FastClock(Instant.now(), 1), event -> {});
    try (var broker = Mosquitto.start();
        var city = City.at(broker.port())) {
      var settings = List.of("uplink.url=" + broker.url());
      var gateway = HandGateway.of(site, settings, running, "wires", this::chips);
      gateway.start();
      try {
        awaitNumber(city, "sky/temperature", 25.0027);
        awaitNumber(city, "sky/humidity", 50.0008);
      } finally {
        gateway.stop();
      }
    }
  }

  private static void awaitNumber(City city, String point, double number) throws Exception {
    Await.until(
        "%s %s".formatted(point, number),
        () ->
            city.soFar().getOrDefault(point, List.of()).stream()
                .anyMatch(told -> Math.abs(told.value().asDouble() - number) < 1e-4));
  }

  private Driver chips(SiteConfig site, Running with) {
    var bus = BoardBus.read(site.buses().getFirst(), new Mistakes());
    if (bus == null || !(bus.place() instanceof Place.Wires wires)) {
      throw new AssertionError("no wires");
    }
    var hardware =
        new LinuxHardware(
            folder,
            MockDigitalInputProvider::newInstance,
            MockDigitalOutputProvider::newInstance,
            () -> TracedI2c.provider(room()));
    return new ChipField(
        bus,
        wires,
        site.devices(),
        HandGateway.chips(),
        hardware,
        (port, settings) -> Trace.of(),
        with.clock()::nanos);
  }

  private static List<String> room() {
    try {
      return Files.readAllLines(
          GatewayProcess.home().resolve("drivers/sht31/testdata/first-light.trace"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
