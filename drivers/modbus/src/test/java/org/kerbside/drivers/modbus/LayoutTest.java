package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registers to numbers, and back. */
class LayoutTest {

  @ParameterizedTest
  @CsvSource({
    "U16,   ABCD, FF9B,             65435",
    "S16,   ABCD, FF9B,             -101",
    "S16,   BADC, 9BFF,             -101",
    "U32,   ABCD, 00010002,         65538",
    "U32,   CDAB, 00020001,         65538",
    "U32,   BADC, 01000200,         65538",
    "U32,   DCBA, 02000100,         65538",
    "U32,   ABCD, FFFFFFFE,         4294967294",
    "S32,   ABCD, FFFFFFFE,         -2",
    "F32,   ABCD, 43663334,         230.20001",
    "F32,   CDAB, 333C4366,         230.20013",
    "F32,   CDAB, 806B4212,         36.62541",
    "U64,   ABCD, 0000000100000002, 4294967298",
    "U64,   CDAB, 0002000000010000, 4294967298",
    "U64,   ABCD, FFFFFFFFFFFFFFFF, 18446744073709551616",
    "S64,   ABCD, FFFFFFFFFFFFFFFF, -1",
    "F64,   ABCD, 405EDD2F1A9FBE77, 123.456",
    "BCD16, ABCD, 1234,             1234",
    "BCD32, CDAB, 56781234,         12345678",
    "BCD16, ABCD, 12A4,             NaN",
    "LOW8,  ABCD, 0458,             88",
    "HIGH8, ABCD, 0458,             4",
    "F32,   ABCD, 7FC00000,         NaN",
    "F32,   ABCD, 7F800000,         Infinity",
  })
  void readsWhatTheMakersPrint(Layout layout, Order order, String registers, Double number) {
    byte[] bytes = HexFormat.of().parseHex(registers);
    var read = new Request.Read(Table.HOLDING, 7, bytes.length / 2);
    byte[] pdu = HexFormat.of().parseHex("03%02x%s".formatted(bytes.length, registers));
    long bits = order.bits(Block.of(read, pdu), 7, layout.size());
    assertThat(layout.number(bits)).isEqualTo(number);
  }

  /** Tried in full: every register, in every order, there and back. */
  @Test
  void whatIsWrittenReadsTheSame() {
    for (int word = 0; word <= 0xFFFF; word++) {
      boolean same = true;
      for (var layout : List.of(Layout.U16, Layout.S16)) {
        same &= Long.valueOf(word).equals(layout.bits(layout.number(word)));
      }
      for (var order : Order.values()) {
        long bits = 0x9876_0000L | word;
        same &= order.bits(block(order.words(bits, 2)), 0, 2) == bits;
      }
      assertThat(same).as("%d", word).isTrue();
    }
  }

  private static Block block(List<Integer> words) {
    var pdu = ByteBuffer.allocate(2 + 2 * words.size()).put((byte) 3).put((byte) 4);
    words.forEach(word -> pdu.putShort(word.shortValue()));
    return Block.of(new Request.Read(Table.HOLDING, 0, words.size()), pdu.array());
  }

  @ParameterizedTest
  @CsvSource({
    "U16, 65535, 65535",
    "U16, 65536,",
    "U16, -1,",
    "S16, -32768, 32768",
    "S16, 32768,",
    "U32, 4294967295, 4294967295",
    "U32, 4294967296,",
    "S32, -1, 4294967295",
    "F32, 0.5, 1056964608",
    "BIT, 1, 1",
    "BIT, 2,",
    "U16, 36.6, 37"
  })
  void writesWhatFitsAndNothingElse(Layout layout, double number, @Nullable Long bits) {
    assertThat(layout.bits(number)).isEqualTo(bits);
  }
}
