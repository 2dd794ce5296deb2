package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A day as people count it, while its clock is set and summers begin. */
class CivilDayTest {

  private static final ZoneId CHENGDU = ZoneId.of("Asia/Shanghai");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** A day that is asked every minute, as nobody has to. */
  private static final class Watched {
    private final CivilDay day;
    private ZonedDateTime wall;
    private Duration up = Duration.ZERO;
    private final List<String> ends = new ArrayList<>();

    Watched(LocalTime closes, ZonedDateTime start) {
      day = new CivilDay(closes, start.getZone());
      wall = start;
    }

    Watched passes(Duration time) {
      for (int minute = 0; minute < time.toMinutes(); minute++) {
        ask();
        wall = wall.plusMinutes(1);
        up = up.plusMinutes(1);
      }
      ask();
      return this;
    }

    Watched isSet(Duration by) {
      wall = wall.plus(by);
      day.clockSet();
      ask();
      return this;
    }

    private void ask() {
      LocalDate over = day.turn(wall.toInstant(), up.toNanos());
      if (over != null) {
        ends.add("%s after %s".formatted(over, up));
      }
    }
  }

  private static Watched from(String start, ZoneId zone) {
    return new Watched(LocalTime.MIDNIGHT, ZonedDateTime.parse(start).withZoneSameInstant(zone));
  }

  @Test
  void endsAtMidnightWhereTheSiteIs() {
    var day = from("2026-07-01T06:00+08:00", CHENGDU).passes(Duration.ofHours(43));
    assertThat(day.ends).containsExactly("2026-07-01 after PT18H", "2026-07-02 after PT42H");
  }

  @Test
  void aNightGoesFromNoonToNoon() {
    var day =
        new Watched(LocalTime.NOON, ZonedDateTime.parse("2026-07-01T13:00+08:00[Asia/Shanghai]"));
    assertThat(day.passes(Duration.ofHours(24)).ends).containsExactly("2026-07-01 after PT23H");
  }

  @Test
  void isAnHourShorterOrLongerWhereSummerTimeBeginsOrEnds() {
    var spring = from("2026-03-29T00:00+01:00", BERLIN).passes(Duration.ofHours(25));
    assertThat(spring.ends).containsExactly("2026-03-29 after PT23H");
    var autumn = from("2026-10-25T00:00+02:00", BERLIN).passes(Duration.ofHours(26));
    assertThat(autumn.ends).containsExactly("2026-10-25 after PT25H");
  }

  @Test
  void aClockThatJumpsAndComesBackEndsNothing() {
    for (int hour = 1; hour < 24; hour++) {
      for (int years : new int[] {10, -10}) {
        var jump = Duration.ofDays(3652L * years / 10);
        var day = from("2026-07-01T00:00+08:00", CHENGDU).passes(Duration.ofHours(hour));
        day.isSet(jump).passes(Duration.ofMinutes(30)).isSet(jump.negated());
        assertThat(day.ends).as("%d years at %d", years, hour).isEmpty();
        day.passes(Duration.ofHours(24L - hour)).passes(Duration.ofHours(24));
        assertThat(day.ends).as("%d years at %d", years, hour).hasSize(2);
      }
    }
  }

  @Test
  void aClockThatStaysElsewhereEndsItsDaysThere() {
    var day = from("2026-07-01T00:00+08:00", CHENGDU).passes(Duration.ofHours(12));
    day.isSet(Duration.ofDays(-3652)).passes(Duration.ofHours(13));
    assertThat(day.ends).containsExactly("2016-07-01 after PT24H");
  }

  @Test
  void aClockThatIsSetALittleOverMidnightEndsTheDayOnce() {
    var day = from("2026-07-01T00:00+08:00", CHENGDU).passes(Duration.ofMinutes(23 * 60 + 58));
    day.isSet(Duration.ofMinutes(5)).isSet(Duration.ofMinutes(-5)).passes(Duration.ofMinutes(30));
    assertThat(day.ends).containsExactly("2026-07-01 after PT23H58M");
  }

  @Test
  void goesOnInAnotherProcess() {
    var day = from("2026-07-02T05:00+08:00", CHENGDU);
    day.day.recall("2026-07-01");
    assertThat(day.passes(Duration.ofMinutes(1)).ends).containsExactly("2026-07-01 after PT0S");
  }
}
