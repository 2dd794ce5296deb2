package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

class EpochTest {

  /** The example of the ULID specification: 01ARYZ6S41 is 1469918176385 ms. */
  @Test
  void isTheTimePartOfAUlid() {
    var at = new Moment(Instant.ofEpochMilli(1469918176385L), ClockQuality.SYNC, Duration.ZERO);
    assertThat(Epoch.begun(at, new Random(1))).isEqualTo("01ARYZ6S41");
  }

  @Test
  void isChanceWhereTheClockIsUnknown() {
    var at = new Moment(Instant.EPOCH, ClockQuality.NONE, Duration.ZERO);
    var chance = new Random(1);
    var first = Epoch.begun(at, chance);
    assertThat(first).matches("Z[0-9A-HJKMNP-TV-Z]{9}");
    assertThat(Epoch.begun(at, chance)).isNotEqualTo(first);
  }
}
