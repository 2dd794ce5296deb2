package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.ModbusSlaves;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/** The driver and pymodbus, over TCP. */
@NeedsPeer("pymodbus")
@Timeout(60)
class ModbusFieldTest {

  private static final String METER =
      """
      profile: meter
      driver: modbus
      timeout: 50ms
      read: { function: 4, every: 100ms }
      points:
        voltage: { at: 0, type: f32, unit: V }
        energy:  { at: 0x48, type: f32, unit: kWh }
      test: { send: "01 04 00 00 00 02 71 CB", recv: "01 04 04 43 66 33 34 1B 38", expect: { voltage: 230.2 } }
      """;

  private static final double VOLTS = 230.20001;

  private final RecordingInlet inlet = new RecordingInlet();
  private int port;
  private ModbusSlaves slaves;
  private ModbusField field;

  @BeforeEach
  void openTheBus() throws Exception {
    port = FreePort.tcp();
    slaves = ModbusSlaves.tcp(port);
    slaves.hold(1, "input", 0, "4366 3334");
    slaves.hold(1, "input", 0x48, "42f6 e979");
    var asset =
        Assets.asset(
            "a", Assets.num("voltage", Unit.VOLT), Assets.num("energy", Unit.KILOWATT_HOUR));
    field =
        new ModbusField(
            Written.bus("{ url: modbus://127.0.0.1:%d, timeout: 200ms }".formatted(port)),
            List.of(Written.device(1, METER, asset)));
    field.open(inlet);
  }

  @AfterEach
  void closeTheBus() {
    field.close();
    slaves.close();
  }

  @Test
  void readsWhatASlaveHolds() throws Exception {
    Await.until("a poll", () -> inlet.size() > 0);
    assertThat(inlet.deliveries().getFirst().device()).isEqualTo("1");
    assertThat(inlet.samples().getFirst()).isEqualTo(Sample.of("voltage", VOLTS, Unit.VOLT));
    assertThat(inlet.samples().get(1)).isEqualTo(Sample.of("energy", 123.456, Unit.KILOWATT_HOUR));
  }

  @Test
  void aSlaveThatIsAwayIsBadAndComesBack() throws Exception {
    Await.until("a poll", () -> inlet.size() > 0);
    slaves.away(1);
    Await.until("silence", () -> inlet.samples().contains(Sample.bad("voltage", Reason.TIME_OUT)));
    inlet.clear();
    slaves.hold(1, "input", 0, "4366 3334");
    Await.until(
        "its return", () -> inlet.samples().contains(Sample.of("voltage", VOLTS, Unit.VOLT)));
    // It answers that it has no such register, which is not silence, and spoils no other.
    assertThat(inlet.samples()).contains(Sample.bad("energy", Reason.DEVICE_EXCEPTION));
  }

  @Test
  void aServerThatEndsIsToldOnceAndConnectedAgain() throws Exception {
    Await.until("a poll", () -> inlet.size() > 0);
    slaves.close();
    Await.until("the loss", () -> inlet.samples().contains(Sample.bad("voltage", Reason.SILENT)));
    inlet.clear();
    slaves = ModbusSlaves.tcp(port);
    slaves.hold(1, "input", 0, "4366 3334");
    Await.until(
        "its return", () -> inlet.samples().contains(Sample.of("voltage", VOLTS, Unit.VOLT)));
  }
}
