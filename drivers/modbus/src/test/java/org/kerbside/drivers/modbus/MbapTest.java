package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/** The stream is cut into telegrams wherever TCP cuts it. */
class MbapTest {

  private static final HexFormat HEX = HexFormat.of();

  /** Two telegrams of eleven bytes in all pieces of one size, from every size. */
  @Test
  void everyChunkingOfTheStreamDecodesTheSame() throws Exception {
    byte[] stream = HEX.parseHex("000100000005010302002a" + "000200000003118302");
    for (int size = 1; size <= stream.length; size++) {
      for (int first = 0; first < size; first++) {
        assertThat(telegrams(stream, first, size))
            .as("pieces of %d after %d", size, first)
            .containsExactly("1 of unit 1: 0302002a", "2 of unit 17: 8302");
      }
    }
  }

  private static List<String> telegrams(byte[] stream, int first, int size) throws Unavailable {
    var mbap = new Mbap();
    var telegrams = new ArrayList<String>();
    int from = 0;
    for (int to = first; from < stream.length; to = Math.min(stream.length, to + size)) {
      mbap.take(Arrays.copyOfRange(stream, from, to));
      from = to;
      for (var told = mbap.next(); told != null; told = mbap.next()) {
        telegrams.add(
            "%d of unit %d: %s"
                .formatted(told.transaction(), told.unit(), HEX.formatHex(told.bytes())));
      }
    }
    return telegrams;
  }

  @ParameterizedTest
  @ValueSource(strings = {"000100010005010302002a", "00010000ffff010302002a", "0001000000020103ff"})
  void whatIsNoModbusEndsTheConnection(String stream) {
    var mbap = new Mbap();
    mbap.take(HEX.parseHex(stream));
    assertThatThrownBy(mbap::next).isInstanceOf(Unavailable.class).hasMessageContaining("expected");
  }

  @Test
  void asksAsTheSpecificationSays() {
    assertThat(Mbap.telegram(0x1501, 0xFF, new Request.Read(Table.HOLDING, 4, 1).pdu()))
        .isEqualTo(HEX.parseHex("150100000006ff0300040001"));
  }
}
