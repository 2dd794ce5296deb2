package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

@Timeout(60)
class InspectionTest {

  private static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");
  private static final Instant IN_TEN_DAYS = NOON.plus(Duration.ofDays(10));

  @TempDir private Path data;

  @Test
  void seesItsDiskItsQueueItsClockAndItsCertificate() {
    var seen = inspection(data, ClockQuality.HOLD, IN_TEN_DAYS).seen();
    assertThat(seen)
        .extracting(Sample::quantity)
        .containsExactly("disk", "queue", "clock", "certificate");
    assertThat(seen.getFirst().value())
        .isInstanceOfSatisfying(
            Value.Num.class, share -> assertThat(share.number()).isBetween(0.0, 1.0));
    assertThat(seen.get(1)).isEqualTo(Sample.of("queue", 7, Unit.COUNT));
    assertThat(seen.get(2)).isEqualTo(Sample.of("clock", "hold"));
    assertThat(seen.get(3)).isEqualTo(Sample.of("certificate", 864_000, Unit.SECOND));
  }

  @Test
  void saysNothingOfACertificateThatIsNotThereOrWhoseEndNobodyCanTell() {
    assertThat(inspection(data, ClockQuality.SYNC, null).seen()).hasSize(3);
    var seen = inspection(data, ClockQuality.NONE, IN_TEN_DAYS).seen();
    assertThat(seen).hasSize(3).contains(Sample.of("clock", "none"));
  }

  @Test
  void aDiskThatDoesNotAnswerIsBadAndNotEmpty() {
    var seen = inspection(data.resolve("gone"), ClockQuality.SYNC, null).seen();
    assertThat(seen.getFirst()).isEqualTo(Sample.bad("disk", Reason.DEVICE_ERROR));
  }

  /** All the way, in a cabinet that runs. */
  @Test
  void whatItSeesRaisesWhatItShould() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1))) {
      cabinet.inspect(
          Sample.of("disk", 0.5, Unit.RATIO), Sample.of("certificate", 864_000, Unit.SECOND));
      Await.until(
          "the certificate's end is told",
          () ->
              cabinet.view().overview().alarms().stream()
                  .anyMatch(alarm -> alarm.id().equals("cabinet/certificate-ending")));
      Await.until("what was seen is kept", () -> cabinet.kept("cabinet/disk").equals(List.of(0.5)));
    }
  }

  private static Inspection inspection(Path data, ClockQuality quality, @Nullable Instant end) {
    var still = new Still(new Moment(NOON, quality, Duration.ofHours(1)));
    return new Inspection(new Inspection.Sights(data, () -> 7, () -> end), still, seen -> {});
  }

  /** A clock that stands. */
  private record Still(Moment now) implements Clock {

    @Override
    public long nanos() {
      return now.sinceBoot().toNanos();
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }
}
