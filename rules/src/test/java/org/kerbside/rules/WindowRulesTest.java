package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Windows in rules, as a feed and what it made of them. */
class WindowRulesTest {

  private static final Map<String, String> OTHERS_OFF =
      Map.of("bin", "{ bin-burning: off }", "air", "{ toilet-odour: off }");

  @Test
  void aLampThatCyclesIsOneAlarmAndClearsWhenTheOldTurnsLeave() {
    var day = day("lamp", "lamp-1", "transitions(on, '30min') >= 5", "hold: 0min");
    for (int i = 0; i < 8; i++) {
      (i % 2 == 0 ? day.is("lamp-1/on") : day.isNot("lamp-1/on")).passes(4);
    }
    day.passes(120);
    assertThat(day.told())
        .isEqualTo(
            """
            20min raised lamp-1/r alarm
            42min cleared lamp-1/r alarm""");
  }

  @Test
  void aBinThatWarmsFastIsToldAndASlowOneIsNot() {
    var slow = day("bin", "bin-2", "change(temperature, '5min') > 10Cel", "hold: 0min");
    for (int degrees = 20; degrees < 60; degrees++) {
      slow.is("bin-2/temperature", degrees).passes(1);
    }
    assertThat(slow.told()).isEmpty();
    slow.is("bin-2/temperature", 68).passes(30);
    assertThat(slow.told())
        .isEqualTo(
            """
            40min raised bin-2/r alarm
            43min cleared bin-2/r alarm""");
  }

  /** Nobody says anything: the mean sinks because time passes. */
  @Test
  void theMeanWakesItsRuleWithoutAReading() {
    var day = day("air", "air-1", "mean(nh3, '10min') > 1mg/m3", "hold: 0min");
    day.is("air-1/nh3", 500).passes(20).is("air-1/nh3", 5000).passes(10);
    day.is("air-1/nh3", 500).passes(30);
    assertThat(day.told())
        .isEqualTo(
            """
            21min raised air-1/r alarm
            39min cleared air-1/r alarm""");
  }

  @Test
  void whatIsUnknownNowOrForMostOfTheWindowIsUnknown() {
    var day = day("bin", "bin-2", "max(fill, '1h') < 50%", "hold: 0min");
    day.is("bin-2/fill", .1).passes(20);
    assertThat(day.told()).as("only a third is known").isEmpty();
    day.passes(20);
    assertThat(day.told()).isEqualTo("31min raised bin-2/r alarm");
    day.isStale("bin-2/fill").passes(300);
    day.is("bin-2/fill", .9).passes(10);
    assertThat(day.told()).as("unknown does not clear").isEqualTo("31min raised bin-2/r alarm");
  }

  @Test
  void whetherAWindowIsKnownIsAskedToo() {
    var day = day("bin", "bin-2", "has(mean(fill, '10min')) && !open", "hold: 0min");
    day.isNot("bin-2/open").is("bin-2/fill", .5).passes(60);
    assertThat(day.told()).isEqualTo("5min raised bin-2/r alarm");
  }

  @Test
  void anAgeIsReachedWithoutAReading() {
    var day = day("bin", "bin-2", "age(fill) > 3h", "hold: 0min");
    day.passes(600).is("bin-2/fill", .1).passes(179);
    assertThat(day.told()).isEmpty();
    day.passes(60).is("bin-2/fill", .1);
    assertThat(day.told())
        .isEqualTo(
            """
            780min raised bin-2/r alarm
            839min cleared bin-2/r alarm""");
  }

  /** Conditions of more than one comparison go through CEL and wake all the same. */
  @Test
  void aWindowWorksInsideALargerCondition() {
    var day = day("zone", "zone-1", "valve > 0% && volume(volume, window) < 10L", "hold: 0min");
    day.is("zone-1/volume", 100).is("zone-1/valve", 1).passes(11);
    day.is("zone-1/volume", 100.2).passes(40);
    assertThat(day.told())
        .isEqualTo(
            """
            5min raised zone-1/r alarm
            11min cleared zone-1/r alarm
            21min raised zone-1/r alarm""");
  }

  /** Three turns before, two after, and a while of which the window knows nothing. */
  @Test
  void aWindowGoesOnAfterARestart() {
    var day = day("lamp", "lamp-1", "transitions(on, '30min') >= 5", "hold: 0min");
    day.is("lamp-1/on").passes(8).isNot("lamp-1/on").passes(4).is("lamp-1/on").passes(4);
    day = day.isNot("lamp-1/on").passes(4).restarts(5);
    day = day.is("lamp-1/on").passes(2);
    assertThat(day.told()).isEmpty();
    day.isNot("lamp-1/on").passes(60);
    assertThat(day.told())
        .isEqualTo(
            """
            27min raised lamp-1/r alarm
            38min cleared lamp-1/r alarm""");
  }

  /** What was before is out of the window: nobody asks whether anybody counted the time. */
  @Test
  void aWindowIsEmptyAfterALongerPause() {
    var day = day("lamp", "lamp-1", "transitions(on, '30min') >= 3", "hold: 0min");
    day.is("lamp-1/on").passes(4).isNot("lamp-1/on").passes(4);
    day = day.restarts(60).is("lamp-1/on").passes(20).isNot("lamp-1/on").passes(5);
    assertThat(day.told()).isEmpty();
  }

  /** An age is an age, whoever was there to hear. */
  @Test
  void anAgeGoesOnAfterARestart() {
    var day = day("bin", "bin-2", "age(fill) > 3h", "hold: 0min");
    day = day.is("bin-2/fill", .1).passes(100).restarts(30).passes(49);
    assertThat(day.told()).isEmpty();
    assertThat(day.passes(10).told()).isEqualTo("180min raised bin-2/r alarm");
  }

  @Test
  void theMemoryIsKnownBeforeItRuns() {
    var street =
        Street.whole()
            .rules(
                """
                rules:
                  - { rule: a, for: bin, when: "mean(fill, '10min') > 50%", severity: alarm }
                  - { rule: b, for: bin, when: "max(fill, '600s') > 50%", severity: alarm }
                  - { rule: c, for: bin, when: "max(fill, '1h') > 50% || age(fill) > 1h", severity: alarm }
                """);
    var shipped = Street.whole().book().footprint();
    var footprint = street.book().footprint();
    int own = footprint.windows() - shipped.windows();
    assertThat(own).as("one for ten minutes, one for an hour").isEqualTo(2);
    assertThat((footprint.bytes() - shipped.bytes()) / own).isBetween(61L * 60, 5000L);
  }

  private static Day day(String kind, String asset, String when, String more) {
    var street =
        new Street()
            .with("toilet", "wc", null)
            .with("master", "master", null)
            .with(kind, asset, kind.equals("air") ? "wc" : kind.equals("zone") ? "master" : null)
            .rules(
                """
                rules:
                  - { rule: r, for: %s, parameters: { window: 10min }, when: "%s", %s, severity: alarm }
                """
                    .formatted(kind, when, more))
            .defaults("toilet", "{ toilet-clean-due: off }")
            .defaults(kind, OTHERS_OFF.getOrDefault(kind, "{}"))
            .overrides("master", "{}");
    return new Day(street);
  }
}
