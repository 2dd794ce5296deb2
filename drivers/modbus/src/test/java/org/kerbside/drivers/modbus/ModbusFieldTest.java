package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Inspection.Presence;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.LineSettings;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.ModbusSlaves;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.RecordingInlet.Report;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

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
        dim:     { at: 8, function: 3, type: u16, scale: 0.01, unit: "/", write: { function: 6 } }
        pump:    { at: 5, function: 1, write: { function: 5, safe: off } }
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
    slaves = slaves("1");
    var asset =
        Assets.asset(
            "a",
            Assets.num("voltage", Unit.VOLT),
            Assets.num("energy", Unit.KILOWATT_HOUR),
            Assets.num("dim", Unit.RATIO),
            Assets.flag("pump"));
    field =
        new ModbusField(
            Written.bus("{ url: modbus://127.0.0.1:%d, timeout: 200ms }".formatted(port)),
            List.of(Written.device(1, METER, asset)),
            ModbusFieldTest::noPort,
            () -> List.of(Written.profile(METER, new Mistakes())));
    field.open(inlet);
  }

  private static Line noPort(String port, LineSettings settings) throws Unavailable {
    throw new Unavailable(port + ": no serial port is needed here");
  }

  private ModbusSlaves slaves(String pump) throws Exception {
    var started = ModbusSlaves.tcp(port);
    started.hold(1, "input", 0, "4366 3334");
    started.hold(1, "input", 0x48, "42f6 e979");
    started.hold(1, "holding", 8, "32");
    started.hold(1, "coil", 5, pump);
    return started;
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
    slaves.end();
    Await.until("the loss", () -> inlet.samples().contains(Sample.bad("voltage", Reason.TIME_OUT)));
    inlet.clear();
    slaves = slaves("0");
    Await.until(
        "its return", () -> inlet.samples().contains(Sample.of("voltage", VOLTS, Unit.VOLT)));
  }

  @Test
  void whatIsOrderedIsWrittenAndReadAtOnce() throws Exception {
    Await.until("a poll", () -> inlet.size() > 0);
    assertThat(field.has("1", "dim")).isTrue();
    assertThat(field.has("1", "voltage")).isFalse();
    field.move("1", "dim", new Value.Num(0.37));
    Await.until("it shows", () -> inlet.samples().contains(Sample.of("dim", 0.37, Unit.RATIO)));
    assertThat(slaves.tell(1, "holding", 8, 1)).isEqualTo("37");
    assertThatThrownBy(() -> field.move("1", "dim", new Value.Num(1e6)))
        .isInstanceOf(DeviceException.Refused.class);
    assertThatThrownBy(() -> field.move("1", "voltage", new Value.Num(1)))
        .isInstanceOf(DeviceException.Refused.class);
  }

  @Test
  void anOutputIsSafeFromTheBeginningAndAtTheEnd() throws Exception {
    Await.until("safe", () -> slaves.tell(1, "coil", 5, 1).equals("0"));
    field.move("1", "pump", Value.Flag.TRUE);
    Await.until("moved", () -> slaves.tell(1, "coil", 5, 1).equals("1"));
    field.close();
    assertThat(slaves.tell(1, "coil", 5, 1)).isEqualTo("0");
  }

  /** A valve must not open an hour later, when the line is mended. */
  @Test
  void whatCannotBeWrittenIsToldAndNotKept() throws Exception {
    Await.until("a poll", () -> inlet.size() > 0);
    slaves.away(1);
    field.move("1", "pump", Value.Flag.TRUE);
    Await.until(
        "the report",
        () -> inlet.reports().contains(new Report("not-written", "1", "pump: no answer")));
    slaves.end();
    field.move("1", "pump", Value.Flag.TRUE);
    Await.until("the other report", () -> inlet.reports().size() > 1);
    slaves = slaves("0");
    inlet.clear();
    Await.until("its return", () -> inlet.samples().contains(Sample.of("pump", false)));
    assertThat(inlet.samples()).doesNotContain(Sample.of("pump", true));
  }

  @Test
  void peopleMayLookIntoItWhileItRuns() throws Exception {
    var look = field.look("1");
    assertThat(look.samples()).contains(Sample.of("voltage", VOLTS, Unit.VOLT));
    assertThat(look.talk()).contains("> 01 04 00 00 00 02 71 CB", "< 01 04 04 43 66 33 34 1B 38");
    assertThat(field.presence("1")).isEqualTo(new Presence.Somebody(List.of("meter")));
    assertThat(field.presence("2")).isEqualTo(new Presence.Nobody());
    assertThatThrownBy(() -> field.look("2")).isInstanceOf(DeviceException.Refused.class);
    assertThatThrownBy(() -> field.presence("0")).isInstanceOf(DeviceException.Refused.class);
  }
}
