package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.gateway.model.Value;

/** Values to registers. */
class WritesTest {

  private static final ModbusProfile PROFILE =
      Written.good(
          """
          profile: p
          driver: modbus
          read: { function: 3 }
          points:
            coil:   { at: 9, function: 1, write: { function: 5 } }
            valve:  { at: 8, function: 1, unit: "/", write: { function: 5 } }
            flag:   { at: 1, type: u16, is: 3, write: { function: 6 } }
            many:   { at: 10, type: u16, is: [7, 5, 6], write: { function: 6 } }
            low:    { at: 11, type: u16, is: [0, 1], write: { function: 6 } }
            none:   { at: 2, type: u16, is: 0, write: { function: 6 } }
            dim:    { at: 3, type: u16, scale: 0.01, unit: "/", write: { function: 6, at: 0x20 } }
            height: { at: 4, type: s16, unit: mm, write: { function: 6 } }
            power:  { at: 5, type: f32, unit: kW, order: CDAB, write: { function: 16 } }
            read:   { at: 7, type: u16, unit: W }
          test: { send: "01 03 00 07 00 01 35 CB", recv: "01 03 02 00 2A 39 9B", expect: { read: 42 } }
          """);

  @ParameterizedTest
  @CsvSource({
    "coil,   true,  05 0009 FF00",
    "coil,   false, 05 0009 0000",
    "valve,  1,     05 0008 FF00",
    "valve,  0,     05 0008 0000",
    "flag,   true,  06 0001 0003",
    "flag,   false, 06 0001 0000",
    "many,   true,  06 000A 0005",
    "many,   false, 06 000A 0000",
    "low,    true,  06 000B 0000",
    "low,    false, 06 000B 0002",
    "none,   true,  06 0002 0000",
    "none,   false, 06 0002 0001",
    "dim,    0.37,  06 0020 0025",
    "dim,    0.29,  06 0020 001D",
    "height, -0.5,  06 0004 FE0C",
    "power,  1500,  10 0005 0002 04 0000 3FC0"
  })
  void goesOutAsTheProfileSays(String quantity, String value, String pdu) throws Exception {
    assertThat(Writes.request(slot(quantity), value(value)).pdu())
        .isEqualTo(HexFormat.of().parseHex(pdu.replace(" ", "")));
  }

  @ParameterizedTest
  @CsvSource({"dim, 656", "dim, -0.1", "dim, true", "flag, 1", "read, 1"})
  void whatDoesNotFitIsRefused(String quantity, String value) {
    assertThatThrownBy(() -> Writes.request(slot(quantity), value(value)))
        .isInstanceOf(DeviceException.Refused.class)
        .hasMessageContaining(quantity);
  }

  @Test
  void aValveThatIsOpenOrShutCannotStandBetween() {
    assertThatThrownBy(() -> Writes.request(slot("valve"), new Value.Num(7)))
        .isInstanceOf(DeviceException.Refused.class);
  }

  private static Slot slot(String quantity) {
    return Objects.requireNonNull(PROFILE.slot(quantity));
  }

  private static Value value(String written) {
    return written.equals("true") || written.equals("false")
        ? Value.Flag.of(Boolean.parseBoolean(written))
        : new Value.Num(Double.parseDouble(written));
  }
}
