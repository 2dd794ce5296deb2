package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Site;

/** What clock and sun say in conditions. The day begins on Wednesday, 1 July 2026, at noon. */
class CivilTest {

  /** A lamp that burns by day: the sun alone raises it, and its setting clears it. */
  @Test
  void theSunWakesItsRulesAtTheMinute() {
    var day = day("lit && sun.elevation > 5deg").is("lamp-1/lit").passes(24 * 60);
    assertThat(day.told())
        .isEqualTo(
            """
            0min raised lamp-1/r alarm
            460min cleared lamp-1/r alarm
            1115min raised lamp-1/r alarm""");
  }

  @Test
  void nightIsBetweenSunsetAndSunrise() {
    var sun = new Sun(Street.SITE);
    var almanac = new Almanac(Street.SITE);
    for (var date = LocalDate.of(2026, 1, 1); date.getYear() == 2026; date = date.plusDays(7)) {
      var noon = date.atTime(12, 0).atZone(Street.SITE.zone()).toInstant();
      var set = almanac.crosses(Almanac.SUNSET, noon);
      assertThat(seconds(sun.set(date))).as("%s", date).isCloseTo(seconds(set), within(90.0));
      assertThat(almanac.isAbove(Almanac.SUNSET, set.minusSeconds(1))).isTrue();
      assertThat(almanac.isAbove(Almanac.SUNSET, set)).isFalse();
      var rise = almanac.crosses(Almanac.SUNSET, set);
      assertThat(seconds(sun.rise(date.plusDays(1))))
          .as("%s", date)
          .isCloseTo(seconds(rise), within(90.0));
    }
  }

  /** Where the sun stays up for weeks, nobody waits for it in vain, nor asks all the time. */
  @Test
  void theMidnightSunIsAskedAgainAfterADay() {
    var tromso = new Almanac(new Site("T", "T", ZoneId.of("Europe/Oslo"), 69.65, 18.96));
    var midsummer = Instant.parse("2026-06-21T10:00:00Z");
    assertThat(tromso.isAbove(Almanac.SUNSET, midsummer)).isTrue();
    assertThat(Duration.between(midsummer, tromso.crosses(Almanac.SUNSET, midsummer)))
        .isEqualTo(Duration.ofHours(25));
  }

  @Test
  void aTimeOfTheDayHoldsUntilMidnight() {
    assertThat(day("local('22:30')").passes(48 * 60).told())
        .isEqualTo(
            """
            630min raised lamp-1/r alarm
            720min cleared lamp-1/r alarm
            2070min raised lamp-1/r alarm
            2160min cleared lamp-1/r alarm""");
  }

  @Test
  void theWeekdayIsAWord() {
    assertThat(day("weekday in ['thu', 'sat']").passes(96 * 60).told())
        .isEqualTo(
            """
            720min raised lamp-1/r alarm
            2160min cleared lamp-1/r alarm
            3600min raised lamp-1/r alarm
            5040min cleared lamp-1/r alarm""");
  }

  @Test
  void aToiletsHoursAreItsStallsService() {
    var street =
        new Street()
            .with("toilet", "wc", null)
            .with("stall", "f1", "wc")
            .rules(rule("stall", "!service"));
    assertThat(new Day(street).passes(24 * 60).told())
        .isEqualTo(
            """
            720min raised f1/r alarm
            1080min cleared f1/r alarm""");
  }

  /** A clock that is set by years turns nothing by itself; what it says counts from then on. */
  @Test
  void aClockThatIsSetAsksItsRulesAgain() {
    var day = day("night").passes(10);
    assertThat(day.told()).isEmpty();
    day.wallJumps(Duration.ofHours(12)).passes(1);
    assertThat(day.told()).isEqualTo("10min raised lamp-1/r alarm");
  }

  @Test
  void whereTheClockIsNotKnownNeitherIsWhatItSays() {
    var day = day("night || weekday == 'wed' || service || local('00:00') || sun.elevation < 90");
    day.clockIsLost().passes(48 * 60);
    assertThat(day.told()).isEmpty();
  }

  private static Day day(String when) {
    return new Day(new Street().with("lamp", "lamp-1", null).rules(rule("lamp", when)));
  }

  private static String rule(String kind, String when) {
    return "rules: [ { rule: r, for: %s, when: \"%s\", severity: alarm } ]".formatted(kind, when);
  }

  private static double seconds(@Nullable Instant at) {
    return at == null ? Double.NaN : at.getEpochSecond();
  }
}
