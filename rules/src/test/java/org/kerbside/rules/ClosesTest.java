package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Mistakes;

/** The day's figures, as a feed and what was closed. */
class ClosesTest {

  private static final String NIGHT =
      """
      test: a night
      start: 2026-07-01T12:00+08:00
      until: 25h
      assets: { lamp-1: { kind: lamp, power: 60W, road: side } }
      feed:
        lamp-1/dim: [ { at: 0s, ordered: 0%% }, { at: 8h, ordered: 100%% }, { at: 18h, ordered: 0%% } ]
        lamp-1/lit: [ { at: 0s, value: false }, { at: 8h, value: true }, %s ]
      %s
      """;

  @Test
  void aNightIsOneFigureFromNoonToNoon() {
    assertThat(closed(NIGHT.formatted("{ at: 18h, value: false }", "")))
        .isEqualTo("+1d 12:00 kpi lighting-rate 2026-07-01 good 600 bad 0 unknown 0");
  }

  @Test
  void whatIsDarkIsBadAndWhatIsNotHeardIsNeither() {
    var lit = "{ at: 9h, value: false }, { at: 10h, quality: bad, reason: stale }";
    assertThat(closed(NIGHT.formatted(lit, "")))
        .isEqualTo("+1d 12:00 kpi lighting-rate 2026-07-01 good 60 bad 60 unknown 480");
  }

  @Test
  void theTimeInWhichTheGatewayWasDownIsUnknown() {
    var down = "  gateway: [ { at: 10h, restart: 3h } ]";
    var lit = "{ at: 13h, value: true }, { at: 18h, value: false }";
    assertThat(closed(NIGHT.formatted(lit, down)))
        .isEqualTo("+1d 12:00 kpi lighting-rate 2026-07-01 good 420 bad 0 unknown 180");
  }

  @Test
  void aDayThatClosesWithoutAClockClosesWhenItIsKnownAgain() {
    var clock = "  gateway: [ { at: 23h, clock: none }, { at: 24h30min, clock: sync } ]";
    assertThat(
            closed(
                NIGHT.formatted("{ at: 18h, value: false }", clock.replace("24h30min", "1470min"))))
        .isEqualTo("+1d 12:30 kpi lighting-rate 2026-07-01 good 600 bad 0 unknown 0");
  }

  @Test
  void aBinIsEmptiedOrNotOrNobodyKnows() {
    assertThat(
            closed(
                """
                test: five bins
                start: 2026-06-30T23:00+08:00
                until: 26h
                feed:
                  bin-1/emptied: [ { at: 0s, value: 7 }, { at: 9h, value: 8 } ]
                  bin-2/emptied: [ { at: 0s, value: 7 } ]
                  bin-3/emptied: [ { at: 0s, value: 7 }, { at: 9h, quality: bad, reason: stale } ]
                  bin-4/emptied: [ { at: 0s, value: 7 } ]
                  bin-4: [ { at: 9h, did: emptied } ]
                  bin-5/emptied: [ { at: 9h, value: 7 } ]
                """))
        .isEqualTo(
            """
            +1d 00:00 kpi bins-emptied 2026-06-30 good 0 bad 0 unknown 5
            +2d 00:00 kpi bins-emptied 2026-07-01 good 2 bad 1 unknown 2""");
  }

  @Test
  void whoWasHeardForLessThanHalfADayIsNotJudged() {
    assertThat(
            closed(
                """
                test: a bin that is silent for most of the day
                start: 2026-06-30T23:00+08:00
                until: 26h
                feed:
                  bin-1/emptied:
                    - { at: 0s, value: 7 }
                    - { at: 5h, quality: bad, reason: stale }
                    - { at: 18h, value: 7 }
                """))
        .endsWith("+2d 00:00 kpi bins-emptied 2026-07-01 good 0 bad 0 unknown 1");
  }

  @Test
  void theMainRoadHasAFigureOfItsOwn() {
    assertThat(
            closed(
                """
                test: two roads
                start: 2026-07-01T12:00+08:00
                until: 25h
                assets:
                  lamp-1: { kind: lamp, power: 60W, road: main }
                  lamp-2: { kind: lamp, power: 60W, road: side }
                feed:
                  lamp-1/dim: [ { at: 0s, ordered: 0% }, { at: 8h, ordered: 100% }, { at: 18h, ordered: 0% } ]
                  lamp-2/dim: [ { at: 0s, ordered: 0% }, { at: 8h, ordered: 100% }, { at: 18h, ordered: 0% } ]
                  lamp-1/lit: true
                  lamp-2/lit: false
                """))
        .isEqualTo(
            """
            +1d 12:00 kpi lighting-rate-main 2026-07-01 good 600 bad 0 unknown 0
            +1d 12:00 kpi lighting-rate 2026-07-01 good 600 bad 600 unknown 0""");
  }

  @Test
  void aStallIsUsableWhenNobodyWorksOnItAndItSaysWhetherItIsTaken() {
    assertThat(
            closed(
                """
                test: a stall
                start: 2026-07-01T00:00+08:00
                until: 25h
                assets:
                  wc: { kind: toilet, hours: 05:00..23:00 }
                  stall-1: { kind: stall, parent: wc }
                feed:
                  stall-1: [ { at: 8h, mode: maintenance, for: 2h } ]
                  stall-1/occupied:
                    - { at: 0s, value: false }
                    - { at: 20h, quality: bad, reason: stale }
                """))
        .isEqualTo("+1d 00:00 kpi toilet-availability 2026-07-01 good 780 bad 120 unknown 180");
  }

  @Test
  void waterIsWithinTheBudgetOrBeyondIt() {
    assertThat(
            closed(
                """
                test: a thirsty day
                start: 2026-06-30T23:00+08:00
                until: 26h
                feed:
                  master-1/volume: [ { at: 0s, value: 100m3 }, { at: 9h, value: 131.5m3 } ]
                """))
        .endsWith("+2d 00:00 kpi water-used 2026-07-01 good 30000 bad 1500 unknown 0");
  }

  private static String closed(String yaml) {
    return Tales.told(yaml, new Mistakes()).stream()
        .filter(line -> line.contains(" kpi "))
        .collect(Collectors.joining("\n"));
  }
}
