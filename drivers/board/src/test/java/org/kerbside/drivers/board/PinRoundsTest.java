package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.drivers.testkit.RecordingInlet;

/** A bus's thread that is held up: edges are judged by when they were heard, not by when taken. */
class PinRoundsTest {

  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong();
  private final RecordingInlet inlet = new RecordingInlet();
  private final HandHardware hardware = new HandHardware();
  private final Acts acts = new Acts();
  private final Attached reed =
      new Attachments(acts, now::get)
          .of(Written.device("5", "reed", Assets.asset("a", Assets.flag("shut")), "shut"));
  private final PinRounds rounds =
      new PinRounds(
          Written.bus("{ pins: label, every: 1h }"),
          List.of(reed),
          acts,
          inlet,
          now::get,
          Duration.ofHours(1));

  @BeforeEach
  void begin() throws Exception {
    rounds.begin(hardware.open(new Place.Header("label")));
    turnAt(100);
    assertThat(inlet.samples()).containsExactly(Sample.of("shut", false));
    inlet.clear();
  }

  @Test
  void aGlitchThatIsTakenLateIsNoChange() throws Exception {
    edge(Level.LOW, 1000);
    edge(Level.HIGH, 1005);
    turnAt(1300);
    assertThat(inlet.samples()).isEmpty();
  }

  @Test
  void aPressThatIsTakenLateIsToldWithItsEnd() throws Exception {
    edge(Level.LOW, 1000);
    edge(Level.HIGH, 1200);
    turnAt(1300);
    assertThat(inlet.samples()).containsExactly(Sample.of("shut", true), Sample.of("shut", false));
  }

  private void edge(Level level, long at) {
    acts.put(new Acts.Act.Edge(reed, level, at * MILLI));
  }

  private void turnAt(long time) throws Exception {
    now.set(time * MILLI);
    rounds.turn();
  }
}
