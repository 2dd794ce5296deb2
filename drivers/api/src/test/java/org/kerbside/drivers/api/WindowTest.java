package org.kerbside.drivers.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Bytes that were here before, then what comes, each piece 300 ms after the one before. */
  private static final class SlowLine implements Line, Time {

    private final Deque<byte[]> before = new ArrayDeque<>();
    private final Deque<byte[]> coming = new ArrayDeque<>();
    private Duration now = Duration.ofDays(1);

    @Override
    public void write(byte[] telegram) {}

    @Override
    public byte[] read(Duration patience) {
      var source = patience.isZero() ? before : coming;
      var piece = source.poll();
      var taken = piece == null ? patience : Duration.ofMillis(patience.isZero() ? 0 : 300);
      now = now.plus(taken.compareTo(patience) < 0 ? taken : patience);
      return piece == null ? new byte[0] : piece;
    }

    @Override
    public void close() {}

    @Override
    public Duration now() {
      return now;
    }

    @Override
    public void pause(Duration length) {
      now = now.plus(length);
    }
  }

  private final SlowLine line = new SlowLine();

  @Test
  void whatCameBeforeIsDropped() throws Exception {
    line.before.addAll(List.of(new byte[] {1, 2}, new byte[] {3}));
    line.coming.add(new byte[] {4, (byte) 0xF5});
    var window = Window.open(line, line, PATIENCE, 8);
    assertThat(window.grow()).isTrue();
    assertThat(window).hasToString("04 f5");
    assertThat(window.at(1)).isEqualTo(0xF5);
    assertThat(line.before).isEmpty();
  }

  @Test
  void itHasNoMoreThanItsRoom() throws Exception {
    line.coming.addAll(List.of(new byte[] {1, 2}, new byte[] {3, 4}, new byte[] {5}));
    var window = Window.open(line, line, PATIENCE, 3);
    assertThat(window.grow()).isTrue();
    assertThat(window.grow()).isTrue();
    assertThat(window.grow()).isFalse();
    assertThat(window).hasToString("01 02 03");
  }

  /** Each byte in time and the whole too late is too late. */
  @Test
  void aLineThatDripsEndsInTime() throws Exception {
    for (int i = 0; i < 100; i++) {
      line.coming.add(new byte[] {1});
    }
    var begun = line.now();
    var window = Window.open(line, line, PATIENCE, 100);
    while (window.grow()) {
      assertThat(window.length()).isLessThan(5);
    }
    assertThat(line.now().minus(begun)).isEqualTo(PATIENCE);
  }

  @Test
  void aLineThatIsNeverSilentIsListenedToAllTheSame() throws Exception {
    for (int i = 0; i < 1000; i++) {
      line.before.add(new byte[] {1});
    }
    line.coming.add(new byte[] {2});
    assertThat(Window.open(line, line, PATIENCE, 8).grow()).isTrue();
  }
}
