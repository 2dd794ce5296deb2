package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Value;

/** Lamps by sun, clock, calendar and photocell. In Chengdu the sun sets at 20:11 on 1 July. */
class LightingTest {

  private static final String LAMP = "lamp-1/dim";
  private static final String LUX = "feeder-1/lux";

  private static Street street() {
    return new Street().with("feeder", "feeder-1", null).with("lamp", "lamp-1", "feeder-1");
  }

  @Test
  void theStepsOfANightComeAtTheirTimes() {
    var lamps = new Outputs(street(), "2026-07-01T12:00").until("2026-07-02T12:00");

    assertThat(lamps.steps)
        .extracting(step -> step.replaceAll("(\\d\\d:\\d\\d)[:.\\d]* ", "$1 "))
        .containsExactly(
            "lamp-1/dim 12:00 0.0",
            "lamp-1/dim 20:00 1.0",
            "lamp-1/dim 23:00 0.5",
            "lamp-1/dim 05:30 1.0",
            "lamp-1/dim 06:15 0.0");
  }

  /** Tried at every lux from bright to dark and back: the photocell has two edges and patience. */
  @Test
  void aPhotocellAddsLightByDayAndTakesItAwayLate() {
    var lamps = new Outputs(street(), "2026-07-01T12:00");
    for (int lux = 60; lux >= 0; lux--) {
      lamps.shows(LUX, lux);
      assertThat(lamps.value(LAMP)).as("%s lx, falling", lux).isEqualTo(lux < 15 ? 1 : 0);
    }
    for (int lux = 0; lux <= 60; lux++) {
      lamps.shows(LUX, lux).passes(Duration.ofMinutes(1));
      assertThat(lamps.value(LAMP)).as("%s lx, rising", lux).isEqualTo(lux < 40 ? 1 : 0);
    }
  }

  @Test
  void headlightsSwitchNoStreet() {
    var lamps = new Outputs(street(), "2026-07-01T12:00").shows(LUX, 5);
    for (int minute = 0; minute < 60; minute++) {
      lamps.shows(LUX, 500).passes(Duration.ofSeconds(5)).shows(LUX, 5);
      lamps.passes(Duration.ofSeconds(55));
    }
    assertThat(lamps.steps).hasSize(2);
  }

  @Test
  void aPhotocellTakesNoLightAwayAndDoesNotUndoDimming() {
    var lamps = new Outputs(street(), "2026-07-01T22:00").shows(LUX, 100_000);
    assertThat(lamps.passes(Duration.ofMinutes(30)).value(LAMP)).isEqualTo(1);

    lamps.shows(LUX, 0).until("2026-07-02T01:00");
    assertThat(lamps.value(LAMP)).isEqualTo(.5);
  }

  @Test
  void aDustStormsNoonIsNoNightNorIsASilentPhotocells() {
    var lamps = new Outputs(street(), "2026-07-01T12:00").shows(LUX, 3, Reason.WEATHER);
    assertThat(lamps.value(LAMP)).isZero();

    lamps.shows(LUX, 3).falls(LUX);
    assertThat(lamps.passes(Duration.ofMinutes(9)).value(LAMP)).isEqualTo(1);
    assertThat(lamps.passes(Duration.ofMinutes(1)).value(LAMP)).isZero();
  }

  /** Clock × photocell, whole: who knows neither lights. */
  @ParameterizedTest
  @CsvSource({
    "SYNC, , 0", "SYNC, 500, 0", "SYNC, 5, 1",
    "HOLD, , 0", "HOLD, 500, 0", "HOLD, 5, 1",
    "NONE, , 1", "NONE, 500, 0", "NONE, 5, 1",
  })
  void atNoonWhatIsKnownDecides(ClockQuality clock, Double lux, double light) {
    var street = street();
    var book = street.book();
    var memory = book.programmes().start();
    var now = new Moment(Instant.parse("2026-07-01T04:00:00Z"), clock, Duration.ofHours(1));
    if (lux != null) {
      var reading =
          Reading.good(street.point(LUX), new Value.Num(lux), now, Reading.Timing.RECEIPT);
      book.programmes().hear(memory, reading);
    }
    var plan = book.programmes().decide(memory, book.engine().start(), now);

    assertThat(plan.orders()).extracting("value").containsExactly(new Value.Num(light));
  }

  @Test
  void whoLosesTheTimeGoesOnByTheTimeSinceBoot() {
    var lamps = new Outputs(street(), "2026-07-01T12:00").clock(ClockQuality.NONE);
    assertThat(lamps.value(LAMP)).isZero();
    assertThat(lamps.jumps(Duration.ofDays(-3_650)).passes(Duration.ofHours(9)).value(LAMP))
        .as("at nine in the evening, whatever the wall clock says")
        .isEqualTo(1);
    assertThat(lamps.passes(Duration.ofHours(3)).value(LAMP)).isEqualTo(.5);
    assertThat(lamps.passes(Duration.ofHours(12)).value(LAMP)).isZero();
  }

  @Test
  void aClockThatIsSetByTenYearsSwitchesNothing() {
    var usual = new Outputs(street(), "2026-07-01T12:00");
    for (int hour = 0; hour < 24; hour++) {
      var lamps = usual.anew("2026-07-01T%02d:30".formatted(hour));
      double before = lamps.value(LAMP);
      lamps.jumps(Duration.ofDays(3_653)).passes(Duration.ofMinutes(1));
      lamps.jumps(Duration.ofDays(-2 * 3_653)).passes(Duration.ofMinutes(1));
      assertThat(lamps.value(LAMP)).as("at %s:30", hour).isEqualTo(before);
      assertThat(lamps.steps).hasSize(1);
    }
  }

  /**
   * Over twenty years where the hour is changed: a lamp is lit half an hour after sunset and half
   * an hour before sunrise, dark at noon, dimmed at midnight; leap days, changed hours and 2038
   * included.
   */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 52.5, 13.4",
    "Asia/Shanghai, 30.6, 104.1",
    "America/New_York, 40.7, -74"
  })
  void overTwentyYearsTheLampsAreRight(String zone, double latitude, double longitude) {
    var site = new Site("S", "S", ZoneId.of(zone), latitude, longitude);
    var nights = new Nights(new Sun(site), usual(), List.of());
    for (var day = LocalDate.of(2025, 1, 1); day.getYear() <= 2045; day = day.plusDays(1)) {
      var noon = day.atTime(12, 0).atZone(site.zone()).toInstant();
      var sunset = new Sun(site).set(day);
      assertThat(sunset).isNotNull();
      assertThat(nights.at(noon).value()).as("noon of %s", day).isEqualTo(new Value.Num(0));
      assertThat(nights.at(noon).until())
          .as("until sunset of %s", day)
          .isEqualTo(sunset == null ? null : sunset.minusSeconds(600));
      var late = day.atTime(23, 59).atZone(site.zone()).toInstant();
      assertThat(nights.at(late).value()).as("late on %s", day).isEqualTo(new Value.Num(.5));
      day = day.plusDays(50); // Every weekday and every season comes in turn.
    }
  }

  /** Longyearbyen: the sun stays below from November to January, above from May to July. */
  @ParameterizedTest
  @CsvSource({
    "2026-12-21T12:00, 1", "2026-12-21T23:30, 0.5", "2027-01-05T18:00, 1",
    "2026-06-21T00:30, 0", "2026-06-21T23:30, 0", "2026-05-20T03:00, 0",
    "2026-03-20T12:00, 0", "2026-03-20T23:30, 0.5", "2026-09-20T22:00, 1",
  })
  void beyondThePolarCircleTheSunDecides(String local, double light) {
    var site = new Site("S", "S", ZoneId.of("Arctic/Longyearbyen"), 78.2, 15.6);
    var nights = new Nights(new Sun(site), usual(), List.of());
    var wall = LocalDateTime.parse(local).atZone(site.zone()).toInstant();

    assertThat(nights.at(wall).value()).isEqualTo(new Value.Num(light));
  }

  @Test
  void aNightOfTheCalendarHasStepsOfItsOwnUntilNoon() {
    var street =
        street()
            .rules(
                """
                rules:
                  - programme: street-evening
                    for: lamp
                    set: dim
                    steps:
                      - { from: sunset, value: 100% }
                      - { from: "23:00", value: 50% }
                      - { from: sunrise, value: 0% }
                    without-clock: 100%
                    calendar:
                      - nights:
                          - of: 10-01..10-02
                            steps: [{ from: sunset, value: 100% }, { from: "02:00", value: 80% }, { from: sunrise, value: 0% }]
                """);
    var lamps = new Outputs(street, "2026-09-30T23:30");
    assertThat(lamps.value(LAMP)).as("the night before").isEqualTo(.5);
    assertThat(lamps.until("2026-10-01T23:30").value(LAMP)).isEqualTo(1);
    assertThat(lamps.until("2026-10-02T03:00").value(LAMP)).isEqualTo(.8);
    assertThat(lamps.until("2026-10-03T03:00").value(LAMP)).isEqualTo(.8);
    assertThat(lamps.until("2026-10-03T23:30").value(LAMP)).isEqualTo(.5);
  }

  @Test
  void theFloorIsTheLeastLightOfAnyStep() {
    var street = street();

    assertThat(street.book().programmes().floors()).containsEntry(street.point(LAMP), .5);
  }

  private static List<Nights.Step> usual() {
    return List.of(
        new Nights.Step(new Nights.From.Sunset(Duration.ofMinutes(-10)), new Value.Num(1)),
        new Nights.Step(new Nights.From.Clock(LocalTime.of(23, 0)), new Value.Num(.5)),
        new Nights.Step(new Nights.From.Clock(LocalTime.of(5, 30)), new Value.Num(1)),
        new Nights.Step(new Nights.From.Sunrise(Duration.ofMinutes(10)), new Value.Num(0)));
  }
}
