package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.app.DryStreet.Keeps;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;

class ThirtyDaysTest {

  @Test
  void thirtyDaysTellTheSameTwice() {
    twice(Duration.ofDays(30));
  }

  @Test
  @Tag("long")
  void aYearTellsTheSameTwice() {
    twice(Duration.ofDays(365));
  }

  private static void twice(Duration time) {
    long began = worked();
    var first = new DryStreet("2026-06-15T00:00", Keeps.EVENTS).pass(time);
    var second = new DryStreet("2026-06-15T00:00", Keeps.EVENTS).pass(time);
    System.out.printf(
        "campaign street: %d assets, %d days twice, %d events, %,.0f x real time on one core%n",
        first.assets(),
        time.toDays(),
        first.told().size(),
        2 * time.toNanos() / (double) (worked() - began));
    assertThat(first.assets()).isEqualTo(20); // and the bus that they hang on
    assertThat(second.lines()).isEqualTo(first.lines());
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(first.told()).hasSizeGreaterThan(20);
  }

  private static long worked() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** One record when it falls silent, none until it is back, and then its point. */
  @Test
  void aDayOfSilenceIsToldOnceAndItsEndOnce() {
    var street = new DryStreet("2026-06-15T00:00", Keeps.READINGS_TOO).pass(Duration.ofHours(1));
    street.strike("zone-1", "silent", Duration.ofDays(1));
    street.pass(Duration.ofHours(4));
    var gone = street.framed().stream().filter(ThirtyDaysTest::isMoisture).toList();
    assertThat(gone.getLast().isBad()).isTrue();
    street.pass(Duration.ofHours(19));
    var silent = street.framed().stream().filter(ThirtyDaysTest::isMoisture).toList();
    assertThat(silent).hasSameSizeAs(gone);
    street.pass(Duration.ofHours(3));
    var back = street.framed().stream().filter(ThirtyDaysTest::isMoisture).toList();
    assertThat(back.get(gone.size()).isBad()).isFalse();
    assertThat(
            back.stream()
                .filter(reading -> reading.isBad() && reading.at().wall().isBefore(street.now()))
                .map(reading -> reading.quality().toString()))
        .hasSize(1)
        .allMatch(why -> why.contains(Reason.SILENT.text()));
    assertThat(street.raised()).containsEntry("zone-1/device-silent", 1);
    assertThat(street.changes(Event.AlarmChanged.Change.CLEARED))
        .containsEntry("zone-1/device-silent", 1);
  }

  /** Everything on the line is gone for a day: one alarm and one clear, however many there are. */
  @Test
  void aSilentBusIsOneAlarm() {
    var street = new DryStreet("2026-06-15T00:00", Keeps.EVENTS).pass(Duration.ofHours(1));
    street.devices().forEach(asset -> street.strike(asset, "silent", Duration.ofDays(1)));
    street.pass(Duration.ofHours(23));
    assertThat(street.raised()).containsEntry("sim/bus-down", 1);
    assertThat(street.raised().keySet()).noneMatch(alarm -> alarm.endsWith("/device-silent"));
    street.pass(Duration.ofHours(4));
    assertThat(street.changes(Event.AlarmChanged.Change.CLEARED)).containsEntry("sim/bus-down", 1);
    assertThat(street.raised()).containsEntry("sim/bus-down", 1);
  }

  private static boolean isMoisture(Reading reading) {
    return reading.point().id().toString().equals("zone-1/moisture");
  }
}
