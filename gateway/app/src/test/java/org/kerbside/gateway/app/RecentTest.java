package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

class RecentTest {

  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final Recent recent = new Recent(key -> false);
  private final Reading reading =
      Reading.good(Street.DISTANCE, new Value.Num(1), Street.START, Reading.Timing.SOURCE);

  /** A full disk kept it for so long, and its sender was not acknowledged. */
  @Test
  void whatWaitsForTheJournalIsKnownAgainHoweverLongItWaits() {
    recent.goesOn(Street.START);
    recent.note(reading, Street.START);
    var later = Street.START.plus(HALF_AN_HOUR);
    recent.standsStill(later);
    assertThat(recent.knows(reading, Street.NOON, later)).isTrue();
  }

  @Test
  void whatWasKeptIsForgottenAfterAWhile() {
    recent.goesOn(Street.START);
    recent.note(reading, Street.START);
    var later = Street.START.plus(HALF_AN_HOUR);
    recent.goesOn(later);
    assertThat(recent.knows(reading, Street.NOON, later)).isFalse();
  }
}
