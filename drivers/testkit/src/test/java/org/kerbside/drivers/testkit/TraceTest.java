package org.kerbside.drivers.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.DeviceException.NoAnswer;

/** A trace that lets a driver do what it likes proves nothing. */
class TraceTest {

  @Test
  void aChipAnswersWhatItWasAsked() throws Exception {
    var trace = Trace.of("# a comment", "> fd", "< 0a 0b", "> 01", "< ff", "= temperature 1 Cel");
    trace.write(0xFD);
    assertThat(trace.read(2)).containsExactly(0x0A, 0x0B);
    assertThat(trace.read(1, 0x01)).containsExactly(0xFF);
    assertThat(trace.left()).isEmpty();
  }

  @Test
  void anotherCommandIsTold() {
    assertThatThrownBy(() -> Trace.of("> fd").write(0xFE))
        .isInstanceOf(AssertionError.class)
        .hasMessage("the driver wrote 'fe', expected 'fd'");
  }

  @Test
  void anotherLengthIsTold() {
    assertThatThrownBy(() -> Trace.of("< 0a 0b").read(3)).isInstanceOf(AssertionError.class);
  }

  @Test
  void whoDoesNotWaitIsTold() throws Exception {
    assertThatThrownBy(() -> hurried().read(1)).isInstanceOf(AssertionError.class);
    var patient = hurried();
    patient.pause(Duration.ofMillis(9));
    assertThat(patient.read(1)).containsExactly(1);
  }

  private static Trace hurried() throws Exception {
    var trace = Trace.of("> fd", "~ 8.3 ms", "< 01");
    trace.write(0xFD);
    trace.pause(Duration.ofMillis(8));
    return trace;
  }

  @Test
  void whoAsksForMoreThanWasSaidIsTold() {
    assertThatThrownBy(() -> Trace.of("< 01", "> 02").write(0x02))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Trace.of().read(1)).isInstanceOf(AssertionError.class);
  }

  @Test
  void nobodyIsAtAnAddress() {
    assertThatThrownBy(() -> Trace.of("> fd", "<").write(0xFD)).isInstanceOf(NoAnswer.class);
  }

  @Test
  void aLineIsSilentWhenAllIsSaid() {
    var trace = Trace.of("< 01", "< 02 03");
    assertThat(trace.read(Duration.ZERO)).isEmpty();
    assertThat(trace.read(Duration.ofSeconds(1))).containsExactly(1);
    assertThat(trace.read(Duration.ofSeconds(1))).containsExactly(2, 3);
    assertThat(trace.now()).isZero();
    assertThat(trace.read(Duration.ofSeconds(1))).isEmpty();
    assertThat(trace.now()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void everyCutIsMadeOnce() {
    byte[] bytes = {1, 2, 3};
    var ways = Chunks.every(bytes).map(way -> way.stream().map(piece -> piece.length).toList());
    assertThat(ways)
        .containsExactlyInAnyOrder(List.of(3), List.of(1, 2), List.of(2, 1), List.of(1, 1, 1));
    assertThat(Chunks.twice(bytes)).hasSize(10);
  }
}
