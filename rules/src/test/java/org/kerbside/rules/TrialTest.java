package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Yaml;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.assets.Kinds;

class TrialTest {

  private final Mistakes mistakes = new Mistakes();

  private static final String BIN =
      """
      test: filled at noon
      start: 2026-07-01T11:55+08:00
      defaults: { bin: { rules: { bin-full: off } } }
      feed:
        bin-1/fill:
          - { at: 0min, every: 5min, from: 90%, to: 100%, over: 10min }
          - { at: 2h, value: 4% }
      expect: |
      """;

  @Test
  void tellsEveryEventWithItsTimeAndWhatWasExpectedInVain() {
    assertThat(
            run(
                BIN
                    + """
                        12:10 raised bin-1/bin-overflow   # the end of a line may be left out
                        12:10 raised bin-1/bin-on-fire

                        14:01 cleared bin-1/bin-overflow alarm
                      """))
        .isEqualTo(
            """
                12:10 raised bin-1/bin-overflow alarm
              - 12:10 raised bin-1/bin-on-fire
              - 14:01 cleared bin-1/bin-overflow alarm
              + 14:00 cleared bin-1/bin-overflow alarm
            """);
  }

  @Test
  void whatIsDerivedIsHeardToo() {
    assertThat(
            run(
                """
                test: an echo from near the lid, by the settings that nobody wrote
                start: 2026-07-01T23:55+08:00
                defaults: { bin: { rules: { bin-full: off } } }
                feed:
                  bin-1/distance: 31cm
                expect: |
                  +1d 00:05 raised bin-1/bin-overflow alarm
                """))
        .isEqualTo("    +1d 00:05 raised bin-1/bin-overflow alarm\n");
  }

  @Test
  void anOrderIsALineAndIsHeardByTheRules() {
    assertThat(
            run(
                """
                test: an order that sets off another rule
                start: 2026-07-01T12:00+08:00
                assets:
                  zone-1: { kind: zone, rules: { } }
                rules:
                  - { rule: dry, for: zone, when: moisture < 10%, hold: 30s, severity: warning,
                      do: [ { set: valve, value: 40%, until: cleared } ] }
                  - { rule: open, for: zone, when: ordered.valve > 30%, severity: warning }
                feed:
                  zone-1/moisture: [ { at: 0s, value: 5% }, { at: 1h, value: 50% } ]
                until: 2h
                expect: |
                """))
        .isEqualTo(
            """
              + 12:00:30 raised zone-1/dry warning
              + 12:00:30 orders zone-1/valve 40% by dry
              + 12:00:30 raised zone-1/open warning
              + 13:00 cleared zone-1/dry warning
              + 13:00 releases zone-1/valve by dry
            """);
  }

  @Test
  void badDownAndClockStepsHappenAsWritten() {
    assertThat(
            run(
                """
                test: nothing raises or clears what nobody knows
                start: 2026-07-01T12:00+08:00
                defaults: { bin: { rules: { bin-full: off } } }
                feed:
                  gateway:
                    - { at: 5min, clock-step: 3650d }
                    - { at: 8min, restart: 30min }
                  bin-1/fill:
                    - { at: 0s, value: 99% }
                    - { at: 40min, value: 99% }
                    - { at: 2h, quality: bad, reason: stale }
                expect: |
                  12:42 raised bin-1/bin-overflow alarm
                """))
        .isEqualTo("    12:42 raised bin-1/bin-overflow alarm\n");
  }

  @Test
  void tellsEveryMistakeInOneRun() {
    assertThat(
            run(
                """
                test: much is wrong
                start: noon
                feed:
                  bin-1/fil: 20%
                  bin-1/fill:
                    - { at: 10, value: 20% }
                    - { at: 10min, valu: 20% }
                    - { at: 10min, every: 0s, value: 20%, over: 1h }
                  bim-2/fill: 20%
                  gateway: [ { at: 1h, clock: wrong } ]
                rules:
                  - { rule: hot, for: bin, when: temperatur > 60Cel, severity: alarm }
                expct: |
                """))
        .isEqualTo("");
    assertThat(mistakes.all())
        .extracting(m -> "%d:%d %s".formatted(m.mark().line(), m.mark().column(), m.problem()))
        .containsExactly(
            "2:8 'noon' is no time",
            "4:3 no point is called 'bin-1/fil'",
            "6:13 '10' has no unit",
            "7:20 'valu' is not a setting of a feed",
            "8:20 more than 600000 readings",
            "9:3 there is no kind 'bim'",
            "10:31 'wrong' is not a value of 'clock'",
            "12:34 'temperatur' is no point or parameter of bin-1",
            "13:1 'expct' is not a setting of a test");
  }

  private String run(String yaml) {
    var top = Yaml.read("case.yaml", yaml, mistakes);
    var trial = top == null ? null : Trial.read(top, null, Kinds.TABLE, mistakes);
    if (trial == null) {
      return "";
    }
    var derive = new Derive(trial.site().assets());
    var memory = derive.start();
    assertThat(mistakes.hasErrors()).isFalse();
    return trial.run((readings, now) -> derive.apply(memory, readings, now).readings()).toString();
  }
}
