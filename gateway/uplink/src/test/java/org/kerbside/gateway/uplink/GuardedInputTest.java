package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GuardedInputTest {

  private static final CountDownLatch SPOKE = new CountDownLatch(0);

  @Test
  void letsNothingThroughBeforeTheFirstWord() throws IOException {
    var spoke = new CountDownLatch(1);
    var in = new GuardedInput(bytes(), 10, spoke);
    assertThat(in.available()).isZero();
    assertThatIOException().isThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    spoke.countDown();
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void refusesALengthBeforeAnybodyAllocatesIt() {
    var in = new GuardedInput(bytes(0x20, 0xFF, 0xFF, 0xFF, 0x7F), 1000, SPOKE);
    assertThatIOException()
        .isThrownBy(() -> in.readNBytes(5))
        .withMessage("broker: a packet of 268435455 bytes: expected at most 1000");
  }

  @Test
  void refusesALengthOfFiveBytes() {
    var in = new GuardedInput(bytes(0x20, 0xFF, 0xFF, 0xFF, 0xFF, 1), 1000, SPOKE);
    assertThatIOException().isThrownBy(() -> in.readNBytes(6)).withMessageContaining("four bytes");
  }

  /** The library's way of reading: the header byte by byte, the body in one. */
  @Test
  void letsPacketsThroughOneAfterTheOther() throws IOException {
    var in =
        new DataInputStream(
            new GuardedInput(bytes(0x20, 2, 0, 1, 0xD0, 0, 0x40, 2, 0, 2), 2, SPOKE));
    for (int round = 0; round < 2; round++) {
      assertThat(in.readByte()).isEqualTo((byte) (round == 0 ? 0x20 : 0x40));
      assertThat(in.readByte()).isEqualTo((byte) 2);
      assertThat(in.readNBytes(2)).containsExactly(0, round + 1);
      if (round == 0) {
        assertThat(in.readNBytes(2)).containsExactly(0xD0, 0);
      }
    }
    assertThat(in.read()).isEqualTo(-1);
  }

  /** A page of a mobile network's portal, where a broker was meant. */
  @Test
  void quotesAnAnswerThatIsNoBrokers() {
    var page = "HTTP/1.1 302 Found\r\nLocation: http://pay.example/\r\n".chars().toArray();
    assertThatIOException()
        .isThrownBy(() -> new GuardedInput(bytes(page), 10, SPOKE).read())
        .withMessageContaining("no broker: it answers 'HTTP/1.1 302 Found'");
  }

  @Test
  void aHeaderSplitByTheReadTimeOutIsReadOn() throws IOException {
    var halting = new GuardedInput(new Halting(0x20, 2, 0, 1), 10, SPOKE);
    assertThat(halting.read()).isEqualTo(0x20);
    assertThat(halting.read()).isEqualTo(2);
  }

  private static InputStream bytes(int... octets) {
    var bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return new ByteArrayInputStream(bytes);
  }

  /** Times out once before each byte but the first. */
  private static final class Halting extends InputStream {

    private final int[] octets;
    private int next;
    private boolean halted = true;

    Halting(int... octets) {
      this.octets = octets;
    }

    @Override
    public int read() throws IOException {
      halted = !halted;
      if (halted) {
        throw new SocketTimeoutException();
      }
      return octets[next++];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      bytes[offset] = (byte) read();
      return 1;
    }
  }
}
