package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Alarm;
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
}
