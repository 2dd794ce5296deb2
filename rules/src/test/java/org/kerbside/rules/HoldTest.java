package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.rules.Truth.FALSE;
import static org.kerbside.rules.Truth.TRUE;
import static org.kerbside.rules.Truth.UNKNOWN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LONGEST = 7;

  /** Tried in full: every sequence of truths up to seven minutes, for every hold up to three. */
  @Test
  void raisesExactlyWhenTheKnownTrueMinutesAreEnough() {
    for (int needed = 0; needed <= 3; needed++) {
      var hold = new Hold(Duration.ofMinutes(needed), Duration.ZERO, List.of());
      for (var truths : sequences()) {
        Phase phase = Hold.QUIET;
        int minutes = 0;
        boolean isUp = false;
        Truth before = FALSE;
        for (var when : truths) {
          minutes += before == TRUE ? 1 : 0;
          minutes = when == FALSE ? 0 : minutes;
          isUp |= when == TRUE && minutes >= needed;
          phase = hold.next(phase, when, UNKNOWN, MINUTE);
          before = when;
          assertThat(phase.isUp()).as("%s, hold %smin", truths, needed).isEqualTo(isUp);
        }
      }
    }
  }

  /** Tried in full, as above: unknown neither clears nor lets the time go on. */
  @Test
  void clearsExactlyWhenTheKnownCalmMinutesAreEnough() {
    for (int needed = 0; needed <= 3; needed++) {
      var hold = new Hold(Duration.ZERO, Duration.ofMinutes(needed), List.of());
      for (var truths : sequences()) {
        var phase = hold.next(Hold.QUIET, TRUE, UNKNOWN, MINUTE);
        int minutes = 0;
        boolean isUp = true;
        Truth before = FALSE;
        for (var clear : truths) {
          minutes += before == TRUE ? 1 : 0;
          minutes = clear == FALSE ? 0 : minutes;
          isUp &= !(clear == TRUE && minutes >= needed);
          phase = hold.next(phase, UNKNOWN, clear, MINUTE);
          before = clear;
          assertThat(phase.isUp()).as("%s, clear-hold %smin", truths, needed).isEqualTo(isUp);
        }
      }
    }
  }

  @Test
  void escalatesByTheTimeThatItHasBeenTrueTheHoldIncluded() {
    var hold = new Hold(MINUTE, MINUTE, List.of(MINUTE.multipliedBy(3)));
    var phase = hold.next(Hold.QUIET, TRUE, UNKNOWN, MINUTE);
    phase = hold.next(phase, TRUE, FALSE, MINUTE);
    assertThat(phase).isEqualTo(new Phase.Raised(MINUTE, TRUE, 0));
    assertThat(hold.left(phase)).isEqualTo(MINUTE.multipliedBy(2));

    phase = hold.next(phase, UNKNOWN, UNKNOWN, MINUTE);
    assertThat(hold.left(phase)).isNull();
    phase = hold.next(phase, TRUE, FALSE, MINUTE.multipliedBy(60));
    assertThat(phase.stepsTaken()).isZero();
    phase = hold.next(phase, TRUE, FALSE, MINUTE);
    assertThat(phase).isEqualTo(new Phase.Raised(MINUTE.multipliedBy(3), TRUE, 1));
  }

  @Test
  void saysHowLongItWaits() {
    var hold = new Hold(MINUTE, MINUTE.multipliedBy(2), List.of());
    assertThat(hold.left(Hold.QUIET)).isNull();
    assertThat(hold.left(new Phase.Rising(Duration.ofSeconds(20), TRUE)))
        .isEqualTo(Duration.ofSeconds(40));
    assertThat(hold.left(new Phase.Rising(Duration.ofSeconds(20), UNKNOWN))).isNull();
    assertThat(hold.left(new Phase.Raised(MINUTE, TRUE, 0))).isNull();
    assertThat(hold.left(new Phase.Falling(MINUTE, 0, MINUTE, TRUE))).isEqualTo(MINUTE);
    assertThat(hold.left(new Phase.Falling(MINUTE, 0, MINUTE, UNKNOWN))).isNull();
  }

  private static List<List<Truth>> sequences() {
    var all = new ArrayList<List<Truth>>();
    all.add(List.of());
    for (int i = 0; i < all.size() && all.get(i).size() < LONGEST; i++) {
      for (var truth : Truth.values()) {
        var longer = new ArrayList<>(all.get(i));
        longer.add(truth);
        all.add(longer);
      }
    }
    return all;
  }
}
