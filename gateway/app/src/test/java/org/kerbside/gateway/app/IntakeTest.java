package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Unit;

@Timeout(20)
class IntakeTest {

  private static final Arrival.Heard HEARD =
      new Arrival.Heard("field", Delivery.of("a1", List.of()));
  private static final Arrival.Asked ASKED =
      new Arrival.Asked(
          new Command("1", "set", "p", null, Issuer.CITY, "city", null, null, null, "f"));

  private final Intake intake = new Intake();

  @Test
  void whenItIsFullASenderIsToldSo() {
    for (int i = 0; i < Intake.DELIVERIES; i++) {
      assertThat(intake.offer(HEARD)).isTrue();
    }
    assertThat(intake.offer(HEARD)).isFalse();
    assertThat(intake.offer(ASKED)).as("a command has room of its own").isTrue();
  }

  @Test
  void largeDeliveriesFillItSooner() {
    var large =
        new Arrival.Heard(
            "field",
            Delivery.of("a1", Collections.nCopies(Intake.SAMPLES, Sample.of("open", true))));
    assertThat(intake.offer(large)).isTrue();
    assertThat(intake.offer(HEARD)).isFalse();
  }

  @Test
  void commandsCannotShutReadingsOut() {
    for (int i = 0; i < Intake.COMMANDS; i++) {
      assertThat(intake.offer(ASKED)).isTrue();
    }
    assertThat(intake.offer(ASKED)).isFalse();
    assertThat(intake.offer(HEARD)).isTrue();
  }

  @Test
  void aTurnTakesWhatCameAndNoMoreThanATurn() throws Exception {
    for (int i = 0; i < Intake.TURN + 1; i++) {
      intake.offer(HEARD);
    }
    assertThat(intake.take(Duration.ZERO)).hasSize(Intake.TURN);
    assertThat(intake.take(Duration.ZERO)).hasSize(1);
    assertThat(intake.take(Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void packsAreCountedByTheirSamples() throws Exception {
    var sample = Sample.of("p0", 1, Unit.RATIO);
    var pack = new Arrival.Heard("field", Delivery.of("a1", Collections.nCopies(500, sample)));
    int taken = 0;
    while (intake.offer(pack)) {
      taken++;
    }
    assertThat(taken).isEqualTo((Intake.SAMPLES + 499) / 500);
    assertThat(intake.take(Duration.ZERO)).hasSize((Intake.TURN_SAMPLES + 499) / 500);
    assertThat(intake.offer(pack)).as("there is room again").isTrue();
  }

  @Test
  void whoWaitsForRoomGoesOnWhenThereIsSome() throws Exception {
    var put = new AtomicInteger();
    var sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 3 * Intake.DELIVERIES; i++) {
                      intake.put(HEARD);
                      put.incrementAndGet();
                    }
                  } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                  }
                });
    int taken = 0;
    while (taken < 3 * Intake.DELIVERIES) {
      taken += intake.take(Duration.ofSeconds(1)).size();
    }
    sender.join();
    assertThat(put).hasValue(3 * Intake.DELIVERIES);
  }

  @Test
  void afterItIsShutNothingMoreIsTaken() throws Exception {
    intake.offer(HEARD);
    intake.shut();

    assertThat(intake.offer(HEARD)).isFalse();
    intake.put(HEARD);
    assertThat(intake.take(Duration.ZERO)).hasSize(1);
  }
}
