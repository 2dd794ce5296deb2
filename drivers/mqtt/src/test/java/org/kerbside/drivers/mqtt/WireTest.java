package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Await;

class WireTest {

  // PUBLISH QoS 1, PINGRESP, PUBLISH again (DUP), PUBLISH of 200 bytes with two bytes of length.
  private static final byte[] STREAM =
      HexFormat.of()
          .parseHex("3205000161000a" + "d000" + "3a05000161000a" + "32c801" + "3a".repeat(200));

  @Test
  void notesThePublishesWhateverThePiecesTheyAreReadIn() throws IOException {
    for (int piece = 1; piece <= STREAM.length; piece++) {
      var noted = new ArrayList<Boolean>();
      var out = new ByteArrayOutputStream();
      try (var wire = new WireInput(new ByteArrayInputStream(STREAM), noted::add)) {
        byte[] into = new byte[piece];
        for (int got = wire.read(into, 0, piece); got > 0; got = wire.read(into, 0, piece)) {
          out.write(into, 0, got);
        }
      }
      assertThat(noted).containsExactly(false, true, false);
      assertThat(out.toByteArray()).isEqualTo(STREAM);
    }
  }

  @Test
  void notesThemByteByByteToo() throws IOException {
    var noted = new ArrayList<Boolean>();
    try (var wire = new WireInput(new ByteArrayInputStream(STREAM), noted::add)) {
      while (wire.read() >= 0) {
        // Only what it notes matters.
      }
    }
    assertThat(noted).isEqualTo(List.of(false, true, false));
  }

  /** Five bytes would make Paho allocate 256 MiB. */
  @Test
  void refusesALengthBeforeAnybodyAllocatesIt() throws IOException {
    byte[] giant = HexFormat.of().parseHex("30ffffff7f");
    try (var wire = new WireInput(new ByteArrayInputStream(giant), again -> {})) {
      assertThatThrownBy(() -> wire.read(new byte[16], 0, 16))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected at most 262144");
    }
  }

  @Test
  void acknowledgementsGoTogetherAndTheRestAtOnce() throws Exception {
    var sent = new Sent();
    try (var timer = Executors.newSingleThreadScheduledExecutor();
        var wire = new WireOutput(sent, timer)) {
      packet(wire, "c000");
      assertThat(sent.writes()).containsExactly("c000");
      for (int i = 0; i < 3; i++) {
        packet(wire, "4002000" + i);
      }
      Await.until("the acknowledgements", () -> sent.writes().size() >= 2);
      packet(wire, "40020009");
      packet(wire, "e000");
    }
    assertThat(String.join("", sent.writes()))
        .isEqualTo("c000" + "400200004002000140020002" + "40020009e000");
    assertThat(sent.writes()).last().asString().endsWith("e000");
  }

  private static void packet(WireOutput wire, String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    wire.write(bytes, 0, bytes.length);
    wire.flush();
  }

  /** What reached the socket, write by write. */
  private static final class Sent extends ByteArrayOutputStream {

    private final List<String> writes = new ArrayList<>();

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      writes.add(HexFormat.of().formatHex(bytes, from, from + length));
    }

    synchronized List<String> writes() {
      return List.copyOf(writes);
    }
  }
}
