package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.model.ClockQuality;

/** Irrigation: whose turn it is, when a zone has had enough, and when nobody gets any. */
class WateringTest {

  private static final String ONE = "zone-1/valve";
  private static final String TWO = "zone-2/valve";
  private static final String METER = "master-1/volume";

  private static Street garden(String more) {
    return new Street()
        .with("master", "master-1", null)
        .with("zone", "zone-1", "master-1")
        .with("zone", "zone-2", "master-1")
        .rules(
            """
            rules:
              - programme: lawn
                for: zone
                set: valve
                start: "02:30"
                season: 04-15..10-15
                %s
            """
                .formatted(more));
  }

  @Test
  void zonesRunOneAfterTheOtherForTheirTime() {
    var lawn = new Outputs(garden("run: 20min"), "2026-07-02T00:00").until("2026-07-02T12:00");

    // A second goes by until the desk has the valve open.
    assertThat(lawn.steps)
        .containsExactly(
            "zone-1/valve 00:00 0.0",
            "zone-2/valve 00:00 0.0",
            "zone-1/valve 02:30 1.0",
            "zone-1/valve 02:50:01 0.0",
            "zone-2/valve 02:50:01 1.0",
            "zone-2/valve 03:10:02 0.0");
    assertThat(lawn.told).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-04-14, false",
    "2026-04-15, true",
    "2026-10-15, true",
    "2026-10-16, false",
  })
  void onlyInItsSeason(LocalDate day, boolean waters) {
    var lawn = new Outputs(garden("run: 20min"), day + "T02:00").until(day + "T02:40");
    assertThat(lawn.value(ONE)).isEqualTo(waters ? 1 : 0);
  }

  @Test
  void onlyOnItsDays() {
    var lawn = new Outputs(garden("run: 20min\n    days: [wed]"), "2026-06-29T00:00");
    for (int day = 29; day <= 30; day++) {
      assertThat(lawn.until("2026-06-%d".formatted(day) + "T02:40").value(ONE)).isZero();
    }
    assertThat(lawn.until("2026-07-01T02:40").value(ONE)).as("a Wednesday").isEqualTo(1);
  }

  @Test
  void byVolumeAZoneStopsWhenItHasHadIt() {
    var lawn = new Outputs(garden("water: 1.2m3"), "2026-07-02T02:00").shows(METER, 500);
    lawn.until("2026-07-02T02:31").shows(METER, 500.7);
    assertThat(lawn.value(ONE)).isEqualTo(1);
    lawn.until("2026-07-02T02:33").shows(METER, 501.2);
    assertThat(lawn.value(ONE)).isZero();
    assertThat(lawn.value(TWO)).isEqualTo(1);

    assertThat(lawn.until("2026-07-02T02:36").shows(METER, 502.3).value(TWO)).isEqualTo(1);
    assertThat(lawn.shows(METER, 502.4).value(TWO)).isZero();
  }

  @Test
  void aZonesOwnCounterGoesBeforeItsMasters() {
    var lawn = new Outputs(garden("water: 1.2m3"), "2026-07-02T02:00");
    lawn.shows(METER, 500).shows("zone-1/volume", 70).until("2026-07-02T02:31");
    assertThat(lawn.shows(METER, 509).value(ONE)).isEqualTo(1);
    assertThat(lawn.shows("zone-1/volume", 71.2).value(ONE)).isZero();
  }

  @Test
  void aCounterThatIsExchangedGoesOnFromThere() {
    var lawn = new Outputs(garden("water: 1.2m3"), "2026-07-02T02:00").shows(METER, 500);
    lawn.until("2026-07-02T02:31").shows(METER, 500.6).shows(METER, 0).shows(METER, .5);
    assertThat(lawn.value(ONE)).isEqualTo(1);
    assertThat(lawn.shows(METER, .6).value(ONE)).isZero();
  }

  @Test
  void theLongestRunEndsAZoneThatNeverGetsItsVolume() {
    var lawn = new Outputs(garden("water: 1.2m3\n    max-run: 30min"), "2026-07-02T02:00");
    lawn.shows(METER, 500).until("2026-07-02T03:00");
    assertThat(lawn.value(ONE)).isEqualTo(1);
    assertThat(lawn.until("2026-07-02T03:00:01").value(ONE)).isZero();
    assertThat(lawn.until("2026-07-02T03:30:02").value(TWO)).isZero();
  }

  @Test
  void toAMoistureAZoneIsWateredUntilItHasIt() {
    var lawn = new Outputs(garden("until: moisture >= 35%"), "2026-07-02T02:00");
    lawn.shows("zone-1/moisture", .2).shows("zone-2/moisture", .4).until("2026-07-02T02:35");
    assertThat(lawn.value(ONE)).isEqualTo(1);
    lawn.shows("zone-1/moisture", .34);
    assertThat(lawn.value(ONE)).isEqualTo(1);
    lawn.shows("zone-1/moisture", .35);

    assertThat(lawn.values()).containsEntry(ONE, 0.0).containsEntry(TWO, 0.0);
    assertThat(lawn.told).containsExactly("02:35 zone-2 lawn, it has enough");
  }

  @Test
  void whoDoesNotKnowTheMoistureDoesNotWaterToIt() {
    var lawn = new Outputs(garden("until: moisture >= 35%"), "2026-07-02T02:00");
    lawn.shows("zone-1/moisture", .2).until("2026-07-02T02:35");
    lawn.falls("zone-1/moisture");

    assertThat(lawn.values()).containsEntry(ONE, 0.0).containsEntry(TWO, 0.0);
    assertThat(lawn.told).containsExactly("02:35 zone-2 lawn, nobody knows whether it has enough");
  }

  @Test
  void aReasonToSkipLeavesOutTheZonesForWhichItHolds() {
    var lawn = new Outputs(garden("run: 20min\n    skip-when: moisture > 35%"), "2026-07-02T02:00");
    lawn.shows("zone-1/moisture", .36).until("2026-07-02T02:31");

    assertThat(lawn.values()).containsEntry(ONE, 0.0).containsEntry(TWO, 1.0);
    assertThat(lawn.told).containsExactly("02:30 zone-1 lawn, its reason to skip holds");
  }

  @Test
  void rainOfTheLastDayIsAReason() {
    var rain = "run: 20min\n    skip-when: change(parent.rain, '24h') > 5mm";
    var lawn = new Outputs(garden(rain), "2026-07-01T04:00");
    lawn.shows("master-1/rain", 1).until("2026-07-01T20:00").shows("master-1/rain", 1.006);
    lawn.until("2026-07-02T02:31");
    assertThat(lawn.value(ONE)).isZero();
    assertThat(lawn.shows("master-1/rain", 1.006).until("2026-07-03T02:31").value(ONE))
        .isEqualTo(1);
  }

  @Test
  void theDaysBudgetIsTheWholeSitesAndEndsAtMidnight() {
    var budget = "water: 1.2m3\n    budget: 2m3/day";
    var lawn = new Outputs(garden(budget), "2026-07-02T01:00");
    lawn.shows(METER, 500).until("2026-07-02T02:00").shows(METER, 501).until("2026-07-02T02:31");
    assertThat(lawn.value(ONE)).isEqualTo(1);
    lawn.shows(METER, 502);
    assertThat(lawn.values()).containsEntry(ONE, 0.0).containsEntry(TWO, 0.0);
    assertThat(lawn.told)
        .containsExactly(
            "02:31 zone-1 lawn, the day's budget of 2.0 m3 is used",
            "02:31 zone-2 lawn, the day's budget of 2.0 m3 is used");

    assertThat(lawn.until("2026-07-03T02:31").value(ONE)).isEqualTo(1);
  }

  /** It was used anew under each date that the clock told. */
  @Test
  void aClockThatJumpsGivesNoNewBudget() {
    var lawn = new Outputs(garden("water: 1.2m3\n    budget: 2m3/day"), "2026-07-02T01:00");
    lawn.shows(METER, 500).until("2026-07-02T02:00").shows(METER, 502);
    lawn.jumps(Duration.ofDays(3652)).jumps(Duration.ofDays(-3652)).until("2026-07-02T02:31");
    assertThat(lawn.values()).containsEntry(ONE, 0.0).containsEntry(TWO, 0.0);
    assertThat(lawn.told).contains("02:30 zone-1 lawn, the day's budget of 2.0 m3 is used");
    var later = lawn.restarts(Duration.ofMinutes(1)).shows(METER, 502);
    assertThat(later.until("2026-07-03T02:31").value(ONE)).isEqualTo(1);
  }

  @Test
  void aBudgetThatNobodyMeasuresIsTakenForUsed() {
    var lawn = new Outputs(garden("run: 20min\n    budget: 30m3/day"), "2026-07-02T02:00");
    lawn.until("2026-07-02T02:31");

    assertThat(lawn.values()).containsEntry(ONE, 0.0).containsEntry(TWO, 0.0);
    assertThat(lawn.told).hasSize(2).first().asString().contains("nobody knows what the site");
  }

  @Test
  void aValveThatIsHeldShutLosesItsTurn() {
    var lawn = new Outputs(garden("run: 20min"), "2026-07-02T02:00");
    lawn.isObeyed = false;
    lawn.until("2026-07-02T02:39");
    assertThat(lawn.value(ONE)).isEqualTo(1);
    lawn.until("2026-07-02T02:55");

    assertThat(lawn.values()).containsEntry(ONE, 0.0).containsEntry(TWO, 0.0);
    assertThat(lawn.told)
        .containsExactly(
            "02:40 zone-1 lawn, the valve is held shut",
            "02:50 zone-2 lawn, the valve is held shut");
  }

  @Test
  void whoDoesNotKnowTheTimeDoesNotWaterAndShutsWhatIsOpen() {
    var lawn = new Outputs(garden("run: 20min"), "2026-07-02T02:00").until("2026-07-02T02:35");
    assertThat(lawn.clock(ClockQuality.NONE).value(ONE)).isZero();
    assertThat(lawn.passes(Duration.ofDays(2)).value(ONE)).isZero();
  }

  /** From every quarter of an hour of a day, by ten years there and back, and by less. */
  @ParameterizedTest
  @ValueSource(longs = {3_653L * 24 * 60, -3_653L * 24 * 60, 60, -60, 150, -150})
  void aClockThatIsSetOpensNoValve(long minutes) {
    var usual = new Outputs(garden("run: 10min"), "2026-07-02T00:00");
    for (int quarter = 0; quarter < 96; quarter++) {
      var time = "%02d:%02d".formatted(quarter / 4, quarter % 4 * 15);
      if (time.equals("02:30")) {
        continue; // It is its time.
      }
      var lawn = usual.anew("2026-07-02T" + time);
      lawn.passes(Duration.ofSeconds(1)).jumps(Duration.ofMinutes(minutes));
      assertThat(lawn.values()).as(time).containsEntry(ONE, 0.0).containsEntry(TWO, 0.0);
    }
  }

  @Test
  void aClockThatIsSetBackWatersNoZoneTwiceADay() {
    var lawn = new Outputs(garden("run: 20min"), "2026-07-02T02:00").until("2026-07-02T03:30");
    lawn.jumps(Duration.ofMinutes(-90)).until("2026-07-02T06:00");

    assertThat(lawn.steps).filteredOn(step -> step.endsWith("1.0")).hasSize(2);
  }

  @Test
  void aClockThatIsSetInTheMiddleChangesNoTurn() {
    var lawn = new Outputs(garden("run: 20min"), "2026-07-02T02:00").until("2026-07-02T02:35");
    lawn.jumps(Duration.ofDays(3_653)).passes(Duration.ofMinutes(15));
    assertThat(lawn.value(ONE)).isEqualTo(1);
    lawn.passes(Duration.ofSeconds(2));
    assertThat(lawn.value(ONE)).isZero();
    assertThat(lawn.value(TWO)).isEqualTo(1);
  }

  /** Killed at every minute of a watering: no zone gets more than its volume, none is left out. */
  @Test
  void aRestartAtAnyMinuteWatersNothingTwice() {
    var usual = new Outputs(garden("water: 1.2m3"), "2026-07-02T00:00");
    for (int minute = 26; minute <= 50; minute++) {
      var lawn = usual.anew("2026-07-02T02:25").shows(METER, 500);
      double given = 0;
      for (int now = 26; now <= 59; now++) {
        lawn.until("2026-07-02T02:%02d".formatted(now));
        given += lawn.value(ONE) * .1 + lawn.value(TWO) * .1;
        lawn.shows(METER, 500 + given);
        if (now == minute) {
          lawn = lawn.restarts(Duration.ofSeconds(20)).shows(METER, 500 + given);
        }
      }
      assertThat(given).as("killed at 02:%s", minute).isCloseTo(2.4, within(.11));
    }
  }

  @Test
  void whatRanWhileNoProcessDidIsCounted() {
    var lawn = new Outputs(garden("water: 1.2m3"), "2026-07-02T02:25").shows(METER, 500);
    lawn.until("2026-07-02T02:35").shows(METER, 500.5);
    lawn = lawn.restarts(Duration.ofMinutes(2));
    assertThat(lawn.value(ONE)).isEqualTo(1);
    assertThat(lawn.shows(METER, 501.3).value(ONE)).isZero();
  }

  @Test
  void afterALongTimeNothingGoesOnAndNothingBeginsAnewThatDay() {
    var lawn = new Outputs(garden("run: 20min"), "2026-07-02T02:00").until("2026-07-02T02:35");
    lawn = lawn.restarts(Duration.ofHours(2)).until("2026-07-02T23:00");
    assertThat(lawn.steps).noneMatch(step -> step.endsWith("1.0"));
    assertThat(lawn.until("2026-07-03T02:35").value(ONE)).isEqualTo(1);
  }

  @Test
  void whoWasNotThereAtTheStartBeginsUpToAnHourLate() {
    var lawn = new Outputs(garden("run: 20min"), "2026-07-02T02:00");
    assertThat(lawn.restarts(Duration.ofMinutes(89)).value(ONE)).isEqualTo(1);
    assertThat(lawn.restarts(Duration.ofMinutes(91)).value(ONE)).isZero();
  }

  /** A start that is not there comes late by an hour; one that is there twice comes once. */
  @Test
  void anHourThatIsChangedIsWateredOnce() {
    var times =
        new Watering.Times(
            ZoneId.of("Europe/Berlin"), LocalTime.of(2, 30), EnumSet.allOf(DayOfWeek.class), null);
    assertThat(times.begin(LocalDate.of(2026, 3, 29))).hasToString("2026-03-29T01:30:00Z");
    assertThat(times.begin(LocalDate.of(2026, 10, 25))).hasToString("2026-10-25T00:30:00Z");
    assertThat(times.begin(LocalDate.of(2028, 2, 29))).isNotNull();
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() {
    var wrong = garden("run: 20min\n    water: 1m3\n    budget: 5L\n    skip-when: moistur > 35%");
    assertThat(wrong.told())
        .containsExactly(
            "site.yaml:7:5: error E402: 'water' and 'run' both say when a zone has had enough",
            "site.yaml:9:13: error E102: '5L' has a unit of another quantity",
            "site.yaml:10:16: error E404: 'moistur' is no point or parameter of zone-1");
  }

  @Test
  void twoProgrammesForOneOutputAreRefusedAndTheAssetsOwnGoesFirst() {
    var twice =
        new Street()
            .with("zone", "zone-1", null)
            .rules(
                """
                rules:
                  - { programme: a, for: zone, set: valve, start: "02:30", run: 20min }
                  - { programme: b, for: zone, set: valve, start: "03:30", run: 20min }
                """);
    assertThat(twice.told())
        .containsExactly(
            "site.yaml:3:37: error E405: programmes 'a' and 'b' are both for zone-1/valve");
    var own =
        new Street()
            .with("zone", "zone-1", null)
            .rules(
                """
                rules:
                  - { programme: a, for: zone, set: valve, start: "02:30", run: 20min }
                  - { programme: b, asset: zone-1, set: valve, start: "03:30", run: 20min }
                """);
    var lawn = new Outputs(own, "2026-07-02T02:00").until("2026-07-02T04:00");
    assertThat(lawn.steps)
        .filteredOn(step -> step.endsWith("1.0"))
        .isEqualTo(List.of("zone-1/valve 03:30 1.0"));
  }
}
