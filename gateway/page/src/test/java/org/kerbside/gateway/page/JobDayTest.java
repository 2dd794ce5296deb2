package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobDayTest {

  private static final ZoneId CHENGDU = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    "2026-10-01T03:59:59, 20726, 20726",
    "2026-10-01T04:00:00, 20727, 20726",
    "2026-10-01T04:09:59, 20727, 20726",
    "2026-10-01T04:10:00, 20727, 20727",
    "2026-10-02T00:00:00, 20727, 20727",
    "2026-10-02T03:59:59, 20727, 20727",
    "2026-10-02T04:00:00, 20728, 20727",
  })
  void beginsAtFourAndLetsTenMinutesOverlap(LocalDateTime local, long day, long first) {
    var now = local.atZone(CHENGDU).toInstant();
    assertThat(JobDay.at(now, CHENGDU)).isEqualTo(day);
    assertThat(JobDay.first(now, CHENGDU)).isEqualTo(first);
  }

  /** A whole year, in zones that shift by an hour, by half of one, and at midnight. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Asia/Shanghai",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Havana",
        "Asia/Kathmandu",
        "Pacific/Kiritimati",
      })
  void changesOnceADayAtFourInEveryZone(String name) {
    var zone = ZoneId.of(name);
    var now = LocalDate.of(2026, 1, 1).atTime(4, 0).atZone(zone).toInstant();
    var end = LocalDate.of(2027, 1, 1).atTime(4, 0).atZone(zone).toInstant();
    long day = LocalDate.of(2025, 12, 31).toEpochDay();
    for (; now.isBefore(end); now = now.plusSeconds(300)) {
      long before = day;
      day = JobDay.at(now, zone);
      var local = now.atZone(zone).toLocalTime();
      if (day != before) {
        assertThat(day).as("%s", now).isEqualTo(before + 1);
        assertThat(local).as("%s", now).isEqualTo("04:00");
        assertThat(JobDay.end(now, zone).atZone(zone).toLocalTime()).isEqualTo("04:00");
      }
    }
    assertThat(day).isEqualTo(LocalDate.of(2026, 12, 31).toEpochDay());
  }

  /** Casey, Antarctica, set its clocks back by three hours at 02:00 on 2010-03-05. */
  @Test
  void neverGoesBackWhereClocksAreSetBackOverItsBeginning() {
    var zone = ZoneId.of("Antarctica/Casey");
    var now = Instant.parse("2010-03-03T00:00:00Z");
    long day = JobDay.at(now, zone);
    for (int i = 0; i < 5 * 24 * 12; i++) {
      now = now.plus(Duration.ofMinutes(5));
      long next = JobDay.at(now, zone);
      assertThat(next - day).as("%s", now.atOffset(ZoneOffset.UTC)).isBetween(0L, 1L);
      day = next;
    }
  }
}
