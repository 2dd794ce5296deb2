package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Mistakes;

/** Windows of the civil day and since the crew's word, as a feed and what it made of them. */
class DayWindowsTest {

  private static final String BIN =
      """
      test: a bin
      start: %s
      until: %s
      site: { timezone: %s }
      rules:
        - { rule: idle, for: bin, when: "volume(emptied, 'yesterday') < 1", severity: alarm }
        - { rule: busy, for: bin, when: "volume(emptied, 'day') >= 2", severity: alarm }
      defaults: { bin: { rules: { bin-not-emptied: off } } }
      feed:
        bin-1/emptied: [ %s ]
      """;

  private static String shanghai(String until, String feed) {
    return told(BIN.formatted("2026-06-30T22:00+08:00", until, "Asia/Shanghai", feed));
  }

  @Test
  void aDayIsJudgedWhenItIsOver() {
    assertThat(shanghai("60h", "{ at: 0s, value: 7 }, { at: 40h, value: 8 }"))
        .isEqualTo(
            """
            +2d 00:00 raised bin-1/idle alarm
            +3d 00:00 cleared bin-1/idle alarm""");
  }

  @Test
  void whatWasCountedTodayIsNoLongerAtMidnight() {
    assertThat(
            shanghai("40h", "{ at: 0s, value: 7 }, { at: 10h, value: 8 }, { at: 20h, value: 9 }"))
        .isEqualTo(
            """
            +1d 18:00 raised bin-1/busy alarm
            +2d 00:00 cleared bin-1/busy alarm""");
  }

  @Test
  void aDayThatEndsUnknownOrWasMostlyUnknownOrHadNoBeginIsNone() {
    var gone = ", { at: %dh, quality: bad, reason: stale }";
    assertThat(shanghai("30h", "{ at: 0s, value: 7 }" + gone.formatted(24))).isEmpty();
    assertThat(shanghai("30h", "{ at: 0s, value: 7 }" + gone.formatted(4) + back(17))).isEmpty();
    assertThat(shanghai("30h", "{ at: 3h, value: 7 }")).isEmpty();
    assertThat(shanghai("30h", "{ at: 0s, value: 7 }" + gone.formatted(4) + back(15)))
        .isEqualTo("+2d 00:00 raised bin-1/idle alarm");
  }

  private static String back(int at) {
    return ", { at: %dh, value: 7 }".formatted(at);
  }

  /** What it gained while nobody looked counts where it is seen. */
  @Test
  void aDayGoesOnAfterARestart() {
    var down = "\n  gateway: [ { at: 12h, restart: 1h } ]";
    assertThat(
            shanghai(
                "30h",
                "{ at: 0s, value: 7 }, { at: 11h, value: 8 }, { at: 780min, value: 9 } ]"
                    + down.replace("} ]", "}")))
        .isEqualTo(
            """
            +1d 11:00 raised bin-1/busy alarm
            +2d 00:00 cleared bin-1/busy alarm""");
  }

  @Test
  void aDayThatEndedWhileTheGatewayWasDownEndedUnknown() {
    var down = "\n  gateway: [ { at: 25h, restart: 2h } ]";
    assertThat(
            shanghai(
                "60h",
                "{ at: 0s, value: 7 }, { at: 1621min, value: 7 } ]" + down.replace("} ]", "}")))
        .isEqualTo("+3d 00:00 raised bin-1/idle alarm");
  }

  @Test
  void aClockThatJumpsEndsNoDay() {
    for (var jump : new String[] {"3652d", "-3652d"}) {
      var jumps =
          "\n  gateway: [ { at: 20h, clock-step: %s }, { at: 25h, clock-step: %s }"
              .formatted(jump, jump.startsWith("-") ? jump.substring(1) : "-" + jump);
      assertThat(shanghai("30h", "{ at: 0s, value: 7 } ]" + jumps))
          .as(jump)
          .isEqualTo("+2d 00:00 raised bin-1/idle alarm");
    }
  }

  @Test
  void whileTheClockIsNotKnownNoDayBeginsOrEnds() {
    var clock = "\n  gateway: [ { at: 20h, clock: none }, { at: 28h, clock: sync }";
    assertThat(shanghai("30h", "{ at: 0s, value: 7 } ]" + clock))
        .isEqualTo("+2d 02:00 raised bin-1/idle alarm");
  }

  /** The last Sunday of March has 23 hours there, and half of them are known. */
  @Test
  void aDayIsAsLongAsItsSummerTimeMakesIt() {
    var feed = "{ at: 0s, value: 7 }, { at: 1h, quality: bad, reason: stale }";
    assertThat(berlin(feed + ", { at: 750min, value: 7 }"))
        .isEqualTo("+2d 00:00 raised bin-1/idle alarm");
    assertThat(berlin(feed + ", { at: 751min, value: 7 }")).isEmpty();
  }

  private static String berlin(String feed) {
    return told(BIN.formatted("2026-03-28T23:00+01:00", "30h", "Europe/Berlin", feed));
  }

  @Test
  void aNoteIsKeptAndCountsForNothing() {
    assertThat(
            told(
                """
                test: a bin
                start: 2026-07-01T08:00+08:00
                rules:
                  - { rule: idle, for: bin, when: "did('emptied', '2h')", severity: alarm }
                feed:
                  bin-1/fill: 20%
                  bin-1:
                    - { at: 1h, did: note, reason: lid is bent }
                    - { at: 2h, did: note, reason: "" }
                """))
        .isEqualTo(
            """
            09:00 note bin-1 by crew:4711
            10:00 rejected did bin-1: incomplete""");
  }

  @Test
  void aCountBeginsAnewWhenTheCrewSaysThatItCleaned() {
    assertThat(
            told(
                """
                test: a toilet
                start: 2026-07-01T08:00+08:00
                until: 10h
                rules:
                  - { rule: many, for: toilet, when: "volume(visits, 'since cleaned') >= 30", severity: warning }
                  - { rule: fresh, for: toilet, when: "did('cleaned', '1h')", severity: warning }
                defaults: { toilet: { rules: { toilet-clean-due: off, toilet-clean-unverified: off } } }
                feed:
                  toilet-1/visits: [ { at: 0s, value: 100 }, { at: 1h, value: 129 }, { at: 2h, value: 130 } ]
                  toilet-1: [ { at: 3h, did: cleaned } ]
                  gateway: [ { at: 210min, restart: 10min } ]
                """))
        .isEqualTo(
            """
            10:00 raised toilet-1/many warning
            11:00 cleaned toilet-1 by crew:4711
            11:00 cleared toilet-1/many warning
            11:00 raised toilet-1/fresh warning
            12:00 cleared toilet-1/fresh warning""");
  }

  /** Of the day on which the gateway began nobody knows what people would have said. */
  @Test
  void whatNobodyCouldSayIsNotKnown() {
    assertThat(
            told(
                """
                test: a bin
                start: 2026-07-01T10:00+08:00
                until: 40h
                rules:
                  - { rule: idle, for: bin, when: "!did('emptied', 'yesterday')", severity: alarm }
                  - { rule: long, for: bin, when: "!did('emptied', '3h')", severity: alarm }
                feed:
                  bin-1/fill: 20%
                """))
        .isEqualTo(
            """
            13:00 raised bin-1/long alarm
            +2d 00:00 raised bin-1/idle alarm""");
  }

  @Test
  void nobodySaysOfABinThatItIsClean() {
    assertThat(
            told(
                """
                test: a bin
                start: 2026-07-01T08:00+08:00
                feed:
                  bin-1/fill: 20%
                  bin-1: [ { at: 1h, did: cleaned } ]
                """))
        .isEqualTo("09:00 rejected did bin-1: not-allowed");
  }

  private static String told(String yaml) {
    return Tales.told(yaml, new Mistakes()).stream()
        .filter(line -> !line.contains(" kpi "))
        .collect(Collectors.joining("\n"));
  }
}
