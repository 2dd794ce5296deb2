package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.ModbusSlaves;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.SerialCable;
import org.kerbside.gateway.app.FastClock;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/** The Modbus driver and the board's serial ports, as they are wired, with pymodbus on a cable. */
@NeedsPeer({"pymodbus", "socat"})
@Timeout(60)
class ModbusOnACableTest {

  private static final String PROBE =
      """
      profile: probe
      driver: modbus
      read: { function: 3, every: 100ms }
      points:
        soil: { at: 0, type: s16, scale: 0.1, unit: Cel }
      test: { recv: "01 03 02 FF 9B B8 1F", expect: { soil: -10.1 } }
      """;

  private static final String SITE =
      """
      schema: 1
      site: { id: CABLE-1, name: cable, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://127.0.0.1:1883, tenant: t, accept: [ plaintext, anonymous ] }
      buses: { line: { driver: modbus, port: PORT, line: 9600 8N1, timeout: 300ms } }
      assets: { zone-1: { kind: zone, method: drip, profile: probe, at: line/1 } }
      """;

  private static final Sample COLD = Sample.of("soil", -10.1, Unit.CELSIUS);

  private final RecordingInlet inlet = new RecordingInlet();

  @TempDir private Path folder = Path.of("");

  @Test
  void aCableThatIsPulledAndPluggedInAgainUnderAnotherNumberIsFoundByItsName() throws Exception {
    try (var cable = SerialCable.in(folder)) {
      var first = cable.near().toRealPath();
      try (var slaves = slaves(cable);
          var field = field(cable.near())) {
        field.open(inlet);
        Await.until("a poll", () -> inlet.samples().contains(COLD));
        cable.pull();
        Await.until(
            "the loss", () -> inlet.samples().contains(Sample.bad("soil", Reason.TIME_OUT)));
        slaves.end();
        inlet.clear();
        try (var other = SerialCable.in(Files.createDirectory(folder.resolve("other")))) {
          cable.plug();
          assertThat(cable.near().toRealPath()).isNotEqualTo(first).isNotEqualTo(other.near());
          try (var again = slaves(cable)) {
            Await.until("its return", () -> inlet.samples().contains(COLD));
            assertThat(again).isNotNull();
          }
        }
      }
    }
  }

  private static ModbusSlaves slaves(SerialCable cable) throws Exception {
    var slaves = ModbusSlaves.rtu(cable.far(), 9600);
    slaves.hold(1, "holding", 0, "ff9b");
    return slaves;
  }

  private Driver field(Path port) throws Exception {
    Files.createDirectories(folder.resolve("profiles"));
    Files.writeString(folder.resolve("profiles/probe.yaml"), PROBE);
    var site =
        Files.writeString(folder.resolve("site.yaml"), SITE.replace("PORT", port.toString()));
    var running = new Running(folder, null, new FastClock(Instant.now(), 1), event -> {});
    return HandGateway.driver(site, running, "line");
  }
}
