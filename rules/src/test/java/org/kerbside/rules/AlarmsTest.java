package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Outcome;

/** Alarms by ISA-18.2, as people and other alarms treat them. */
class AlarmsTest {

  private static final Outcome DONE = new Outcome.Done(null);

  private static Day day(String rule) {
    return new Day(new Street().generic("a0", "p0", "p1").rules("rules: [ " + rule + " ]"));
  }

  private static final String HIGH =
      "{ rule: high, for: generic, when: p0 > 80, clear: p0 < 70, severity: warning, escalate: [ { after: 30min, severity: alarm } ] }";

  @Test
  void anAcknowledgedAlarmIsGoneWhenItClears() {
    var day = day(HIGH).is("a0/p0", 90);
    assertThat(day.city("ack", "a0/high", null)).isEqualTo(DONE);
    assertThat(day.city("ack", "a0/high", null)).as("again").isEqualTo(DONE);
    assertThat(day.alarm().care().acknowledged())
        .isNotNull()
        .satisfies(act -> assertThat(act.by()).isEqualTo("dispatch:zhang"));
    day.is("a0/p0", 10);
    assertThat(day.memory.alarms()).isEmpty();
    assertThat(day.told())
        .isEqualTo(
            """
            0min raised a0/high warning
            0min acknowledged a0/high warning by dispatch:zhang
            0min cleared a0/high warning""");
  }

  @Test
  void whatClearedUnseenStaysUntilSomebodyHasSeenIt() {
    var day = day(HIGH).is("a0/p0", 90).is("a0/p0", 10);
    assertThat(day.alarm().state()).isEqualTo(Alarm.State.CLEARED);
    day.is("a0/p0", 90).is("a0/p0", 10);
    assertThat(day.memory.alarms()).as("the same instance").hasSize(1);
    assertThat(day.crew("ack", "a0/high", null)).isEqualTo(DONE);
    assertThat(day.memory.alarms()).isEmpty();
    assertThat(day.crew("ack", "a0/high", null)).isEqualTo(new Outcome.Rejected("unknown-alarm"));
  }

  @Test
  void whatGrowsGraverMustBeSeenAgain() {
    var day = day(HIGH).is("a0/p0", 90);
    day.city("ack", "a0/high", null);
    day.passes(30);
    assertThat(day.alarm().care().acknowledged()).isNull();
    assertThat(day.transcript).last().isEqualTo("30min updated a0/high alarm");
  }

  @Test
  void aLatchedAlarmGoesWhenItsConditionIsGoneAndSomebodyHasSeenIt() {
    var rule = "{ rule: sos, for: generic, when: p0 > 80, latched: true, severity: emergency }";
    var day = day(rule).is("a0/p0", 90).is("a0/p0", 10);
    assertThat(day.alarm().state()).isEqualTo(Alarm.State.LATCHED);
    day.is("a0/p0", 90).is("a0/p0", 10).passes(600);
    day.city("ack", "a0/sos", null);
    assertThat(day.memory.alarms()).isEmpty();
    day.is("a0/p0", 90);
    day.city("ack", "a0/sos", null);
    day.is("a0/p0", 10);
    assertThat(day.memory.alarms()).isEmpty();
    assertThat(day.told())
        .isEqualTo(
            """
            0min raised a0/sos emergency
            0min updated a0/sos emergency, latched
            0min updated a0/sos emergency
            0min updated a0/sos emergency, latched
            600min acknowledged a0/sos emergency by dispatch:zhang
            600min cleared a0/sos emergency
            600min raised a0/sos emergency
            600min acknowledged a0/sos emergency by dispatch:zhang
            600min cleared a0/sos emergency""");
  }

  @Test
  void theCityCannotResetWhatOnlyTheCabinetMay() {
    var rule = "{ rule: sos, for: generic, when: p0 > 80, latched: cabinet, severity: emergency }";
    var day = day(rule).is("a0/p0", 90).is("a0/p0", 10);
    assertThat(day.city("ack", "a0/sos", null)).isEqualTo(DONE);
    assertThat(day.alarm().state()).isEqualTo(Alarm.State.LATCHED);
    assertThat(day.crew("ack", "a0/sos", null)).isEqualTo(DONE);
    assertThat(day.memory.alarms()).isEmpty();
  }

  private static final String FEEDER =
      """
      rules:
        - rule: feeder-dead
          for: feeder
          when: power < 5W
          hold: 2min
          severity: emergency
          cause-of: { children: lamp, rules: [ lamp-dark ] }
        - { rule: lamp-dark, for: lamp, when: power < 5W, hold: 10min, severity: alarm }
      """;

  private static Day feeder(int lamps) {
    var street = new Street().with("feeder", "feeder-1", null).rules(FEEDER);
    for (int i = 0; i < lamps; i++) {
      street.with("lamp", "lamp-" + i, "feeder-1");
    }
    return new Day(street);
  }

  @Test
  void sixtyLampsUnderADeadFeederAreOneAlarm() {
    var day = feeder(60);
    day.is("feeder-1/power", 0);
    for (int i = 0; i < 60; i++) {
      day.is("lamp-" + i + "/power", 0);
    }
    day.passes(60);
    assertThat(day.told()).isEqualTo("2min raised feeder-1/feeder-dead emergency");
    assertThat(day.memory.alarms()).hasSize(61);
    assertThat(day.memory.alarms().stream().filter(Alarm::isAnnounced)).hasSize(1);
    day.is("feeder-1/power", 500);
    for (int i = 0; i < 59; i++) {
      day.is("lamp-" + i + "/power", 50);
    }
    day.passes(9);
    assertThat(day.transcript)
        .last()
        .isEqualTo("60min cleared feeder-1/feeder-dead emergency, explains 60");
    day.passes(600);
    assertThat(day.transcript).hasSize(3).last().isEqualTo("70min raised lamp-59/lamp-dark alarm");
  }

  @Test
  void aLampThatIsDarkBeforeItsFeederWaitsForTheFeedersVerdict() {
    var day = feeder(2);
    day.is("lamp-0/power", 0).passes(9).is("feeder-1/power", 0).passes(60);
    assertThat(day.told()).isEqualTo("11min raised feeder-1/feeder-dead emergency");
    day = feeder(2);
    day.is("lamp-0/power", 0).passes(9).is("feeder-1/power", 0).passes(1);
    assertThat(day.told()).isEmpty();
    day.is("feeder-1/power", 500);
    assertThat(day.told()).isEqualTo("10min raised lamp-0/lamp-dark alarm");
    day = feeder(2);
    day.is("lamp-0/power", 0).passes(9).is("feeder-1/power", 0).passes(1);
    day.isStale("feeder-1/power");
    assertThat(day.told()).isEqualTo("10min raised lamp-0/lamp-dark alarm");
  }

  @Test
  void whoWaitsForAVerdictIsToldAfterARestartThoughTheCauseStaysSilent() {
    var day = feeder(1);
    day.is("lamp-0/power", 0).passes(9).is("feeder-1/power", 0).passes(1);
    assertThat(day.restarts(5).passes(60).told()).isEqualTo("15min raised lamp-0/lamp-dark alarm");
  }

  @Test
  void aLampThatWasToldIsToldItsCause() {
    var day = feeder(1);
    day.is("lamp-0/power", 0).passes(20).is("feeder-1/power", 0).passes(2);
    day.is("lamp-0/power", 50);
    assertThat(day.told())
        .isEqualTo(
            """
            10min raised lamp-0/lamp-dark alarm
            22min raised feeder-1/feeder-dead emergency
            22min updated lamp-0/lamp-dark alarm, caused by feeder-1/feeder-dead
            22min cleared lamp-0/lamp-dark alarm, caused by feeder-1/feeder-dead""");
  }

  @Test
  void shelvingEndsByItselfAndNobodyShelvesAnEmergency() {
    var day = day(HIGH);
    assertThat(day.crew("shelve", "a0/high", Duration.ofHours(1)))
        .isEqualTo(new Outcome.Rejected("unknown-alarm"));
    day.is("a0/p0", 90);
    assertThat(day.crew("shelve", "a0/high", null)).isEqualTo(new Outcome.Rejected("lease"));
    assertThat(day.crew("shelve", "a0/high", Duration.ofHours(8).plusMillis(1)))
        .isEqualTo(new Outcome.Rejected("lease"));
    assertThat(day.crew("shelve", "a0/high", Duration.ofHours(8))).isEqualTo(DONE);
    assertThat(day.alarm().isAnnounced()).isFalse();
    day.passes(479);
    assertThat(day.alarm().isAnnounced()).isFalse();
    day.passes(1);
    assertThat(day.alarm().isAnnounced()).isTrue();
    assertThat(day.transcript).last().isEqualTo("480min unshelved a0/high alarm");
  }

  private static final String STALL =
      """
      { rule: still, for: generic, when: p0 > 0, hold: 15min, severity: warning,
        escalate: [ { after: 30min, severity: emergency },
                    { when: p1 > 0, hold: 10min, severity: emergency } ] }""";

  @Test
  void aConditionOfItsOwnMakesAnAlarmGraver() {
    var day = day(STALL).is("a0/p0", 1).passes(16).is("a0/p1", 1).passes(9);
    day.is("a0/p1", 0).is("a0/p1", 1).passes(2).isStale("a0/p1").passes(1).is("a0/p1", 1);
    assertThat(day.told()).isEqualTo("15min raised a0/still warning");
    day = day(STALL).is("a0/p0", 1).passes(16).is("a0/p1", 1).passes(60);
    assertThat(day.told())
        .isEqualTo("15min raised a0/still warning\n26min updated a0/still emergency");
    day = day(STALL).is("a0/p0", 1).is("a0/p1", 1).passes(16);
    assertThat(day.told())
        .as("seen before it was raised")
        .isEqualTo("15min raised a0/still emergency");
    day.is("a0/p0", 0).is("a0/p0", 1).is("a0/p1", 0).passes(16);
    assertThat(day.transcript).last().isEqualTo("31min raised a0/still warning");
  }

  @Test
  void whereTimeAloneMakesItGraverTheConditionIsNotWaitedFor() {
    var day = day(STALL).is("a0/p0", 1).passes(29).is("a0/p1", 1).passes(60);
    assertThat(day.told())
        .isEqualTo("15min raised a0/still warning\n30min updated a0/still emergency");
  }

  private static Day lamp() {
    return new Day(
        new Street()
            .with("lamp", "lamp-1", null)
            .rules(
                """
                rules:
                  - rule: leak
                    for: lamp
                    when: power > 100W
                    hold: 5min
                    severity: emergency
                    when-unknown: close
                    do: [ { set: dim, value: 0%, until: cleared, issuer: safety } ]
                """));
  }

  @Test
  void aSafetyRuleSaysWhatUnknownMeans() {
    var day = lamp().passes(4);
    assertThat(day.told()).isEmpty();
    day.is("lamp-1/power", 0).passes(60).isStale("lamp-1/power").passes(3);
    day.is("lamp-1/power", 0).isStale("lamp-1/power").passes(5);
    assertThat(day.memory.alarms()).as("what is unknown is no burst").isEmpty();
    day.passes(60).is("lamp-1/power", 0);
    assertThat(day.told())
        .isEqualTo(
            """
            72min rule-blind lamp-1/leak
            72min safety orders lamp-1/dim Num[number=0.0]
            132min safety orders lamp-1/dim null""");
  }

  @Test
  void whoHasNeverHeardAnythingKnowsNothingEither() {
    var day = lamp();
    day.passes(0).crew("ack", "lamp-1/leak", null);
    assertThat(day.passes(5).told()).contains("safety orders lamp-1/dim Num[number=0.0]");
  }

  @Test
  void whatIsOrderedForAWhileEndsWithThatWhile() {
    var day =
        new Day(
            new Street()
                .with("feeder", "feeder-1", null)
                .with("lamp", "lamp-1", "feeder-1")
                .rules(
                    """
                    rules:
                      - rule: dear
                        for: lamp
                        when: power > 100W
                        severity: warning
                        do: [ { set: parent.contactor, value: false, for: 15min } ]
                    """));
    day.is("lamp-1/power", 200).passes(5).is("lamp-1/power", 50).passes(60);
    assertThat(day.told())
        .isEqualTo(
            """
            0min raised lamp-1/dear warning
            0min rules orders feeder-1/contactor Flag[flag=false]
            5min cleared lamp-1/dear warning
            15min rules orders feeder-1/contactor null""");
  }

  @Test
  void duringMaintenanceOnlyEmergenciesAreRaised() {
    var day =
        new Day(
            new Street()
                .generic("a0", "p0", "p1")
                .rules(
                    """
                    rules:
                      - { rule: high, for: generic, when: p0 > 80, hold: 10min, severity: alarm }
                      - { rule: sos, for: generic, when: p1 > 80, severity: emergency }
                    """));
    day.is("a0/p0", 90).passes(6);
    assertThat(day.crew("maintenance", "a1", Duration.ofHours(1)))
        .isEqualTo(new Outcome.Rejected("unknown-asset"));
    assertThat(day.crew("maintenance", "a0", Duration.ofHours(9)))
        .isEqualTo(new Outcome.Rejected("lease"));
    assertThat(day.crew("maintenance", "a0", Duration.ofHours(1))).isEqualTo(DONE);
    assertThat(day.memory.works()).containsOnlyKeys("a0");
    day.passes(59).is("a0/p1", 90).passes(60);
    assertThat(day.told())
        .isEqualTo(
            """
            6min maintenance a0 by crew:4711
            65min raised a0/sos emergency
            66min maintenance-ended a0
            70min raised a0/high alarm""");
  }

  @Test
  void whatIsGoneDuringMaintenanceBeginsAnewAfterIt() {
    var day = day(HIGH.replace("severity: warning", "hold: 10min, severity: warning"));
    day.is("a0/p0", 90).passes(6).crew("maintenance", "a0", Duration.ofHours(1));
    day.is("a0/p0", 10).is("a0/p0", 90).passes(69);
    assertThat(day.transcript).last().isEqualTo("66min maintenance-ended a0");
    assertThat(day.passes(1).transcript).last().isEqualTo("76min raised a0/high warning");
  }

  @Test
  void whatAskedForPeopleBeforeItWasExplainedStillDoes() {
    var day = feeder(1);
    day.is("lamp-0/power", 0).passes(10).is("lamp-0/power", 50);
    day.is("lamp-0/power", 0).is("feeder-1/power", 0).passes(20);
    day.is("lamp-0/power", 50);
    assertThat(day.memory.alarms())
        .filteredOn(alarm -> alarm.rule().equals("lamp-dark"))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.state()).isEqualTo(Alarm.State.CLEARED));
    assertThat(day.transcript).last().isEqualTo("12min raised feeder-1/feeder-dead emergency");
  }

  @Test
  void anAssetThatPeopleHoldIsManual() {
    var rule =
        "rules: [ { rule: off, for: lamp, when: mode == 'manual' && power < 5W, severity: warning } ]";
    var day = new Day(new Street().with("lamp", "lamp-1", null).rules(rule));
    day.is("lamp-1/power", 0).holds("lamp-1/dim", Issuer.PROGRAMME);
    assertThat(day.told()).isEmpty();
    day.holds("lamp-1/dim", Issuer.CITY).holds("lamp-1/dim", Issuer.CREW);
    assertThat(day.told()).isEqualTo("0min raised lamp-1/off warning");
    day.holds("lamp-1/dim", null);
    assertThat(day.transcript).last().isEqualTo("0min cleared lamp-1/off warning");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "latched: cabin                                 | E104 | 'cabin' is not a value of 'latched'",
        "when-unknown: cloze                            | E104 | 'cloze' is not a value of 'when-unknown'",
        "when-unknown: close                            | E403 | there is nothing to close",
        "cause-of: { rules: [ high ] }                  | E407 | 'high' explains 'high'",
        "cause-of: { rules: [ hihg ] }                  | E401 | no rule is called 'hihg'",
        "cause-of: { children: lamp, rules: [ high ] }  | E401 | kind 'lamp' has no rule 'high'",
        "cause-of: { children: lamp }                   | E001 | 'rules' is missing",
        "escalate: [ { severity: alarm } ]              | E001 | 'after' is missing",
        "escalate: [ { when: p0 > 90, severity: alarm } ] | E001 | 'hold' is missing",
        "escalate: [ { when: p9 > 90, hold: 1min, severity: alarm } ] | E404 | no point or parameter",
      })
  void whatCannotBeMeantIsRefused(String line, String code, String problem) {
    var told =
        new Street()
            .generic("a0", "p0")
            .rules(
                "rules: [ { rule: high, for: generic, when: p0 > 80, severity: warning, "
                    + line
                    + " } ]")
            .told();
    assertThat(told).anySatisfy(line1 -> assertThat(line1).contains(code).contains(problem));
  }
}
