package org.kerbside.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kerbside.config.Mistakes;

/** What ships for devices and buses that say nothing: {@code device-silent}, {@code bus-down}. */
class SilenceTest {

  @Test
  void aDeviceIsMissedAfterTheHoldOnceAndFoundAgain() {
    assertThat(
            run(
                """
                bin-1/fill: [ { at: 0s, value: 20% }, { at: 9h, value: 20% } ]
                bin-1: [ { at: 1h, silent: 8h } ]
                """))
        .isEqualTo(
            """
            13:05 raised bin-1/device-silent warning
            21:00 cleared bin-1/device-silent warning
            """);
  }

  @Test
  void whoSpeaksWithinTheHoldIsNotMissed() {
    assertThat(run("bin-1/fill: 20%\nbin-1: [ { at: 1h, silent: 299s } ]")).isEmpty();
    assertThat(run("bin-1/fill: 20%\nbin-1: [ { at: 1h, silent: 301s } ]")).isNotEmpty();
  }

  @Test
  void whatItSaidIsUnknownWhileItIsSilent() {
    assertThat(
            run(
                """
                bin-1/fill: [ { at: 0s, value: 97% }, { at: 5h, value: 97% } ]
                bin-1: [ { at: 8min, silent: 4h } ]
                """))
        .isEqualTo(
            """
            12:13 raised bin-1/device-silent warning
            16:08 cleared bin-1/device-silent warning
            17:02 raised bin-1/bin-overflow alarm
            17:07 raised bin-1/bin-full warning
            """);
  }

  @Test
  void aSilentBusIsOneAlarmAndItsDevicesAreMarked() {
    assertThat(
            run(
                """
                lamp-1/power: 60W
                lamp-2/power: 60W
                lamp-1: [ { at: 59min, silent: 3h } ]
                lamp-2: [ { at: 1h, silent: 3h } ]
                bus-1: [ { at: 1h, silent: 2h } ]
                """))
        .isEqualTo(
            """
            13:00 raised bus-1/bus-down alarm
            15:00 cleared bus-1/bus-down alarm explains 2
            15:05 raised lamp-1/device-silent warning
            15:05 raised lamp-2/device-silent warning
            15:59 cleared lamp-1/device-silent warning
            16:00 cleared lamp-2/device-silent warning
            """);
  }

  @Test
  void whileNobodyHasHeardItSinceTheStartNothingRaisesNorClears() {
    assertThat(
            run(
                """
                bin-1/fill: 20%
                bin-2/fill: 20%
                bin-1: [ { at: 1h, silent: 8h } ]
                bin-2: [ { at: 2h, silent: 8h } ]
                gateway: [ { at: 122min, restart: 10min } ]
                """))
        .isEqualTo(
            """
            13:05 raised bin-1/device-silent warning
            21:00 cleared bin-1/device-silent warning
            """);
  }

  @Test
  void peopleWhoWorkOnItAreNotToldThatTheyPulledItsPlug() {
    assertThat(
            run(
                """
                bin-1/fill: 20%
                bin-1: [ { at: 1h, mode: maintenance, for: 2h }, { at: 65min, silent: 1h } ]
                """))
        .isEqualTo("13:00 maintenance bin-1 by crew:4711\n15:00 maintenance-ended bin-1\n");
  }

  @Test
  void theClockMovesNothing() {
    assertThat(
            run(
                """
                bin-1/fill: 20%
                bin-1: [ { at: 1h, silent: 8h } ]
                gateway: [ { at: 62min, clock-step: 3650d }, { at: 2h, clock-step: -7300d } ]
                """))
        .isEqualTo(
            """
            13:05 raised bin-1/device-silent warning
            21:00 cleared bin-1/device-silent warning
            """);
  }

  private static String run(String feed) {
    var mistakes = new Mistakes();
    var told =
        Tales.told(
            """
            test: silence
            start: 2026-07-01T12:00+08:00
            until: 719min
            feed:
            """
                + feed.indent(2),
            mistakes);
    assertThat(mistakes.all()).isEmpty();
    return told.stream().map(line -> line + "\n").collect(joining());
  }
}
