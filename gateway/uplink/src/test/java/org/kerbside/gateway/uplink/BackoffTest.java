package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final int[] CAPS = {
    1000, 1500, 2250, 3375, 5062, 7593, 11390, 17085, 25628, 38443, 57665, 86497, 120_000, 120_000
  };

  @Test
  void theCapGrowsToTwoMinutesAndAllBelowItIsUsed() {
    var longest = new long[CAPS.length];
    for (int seed = 0; seed < 500; seed++) {
      var backoff = new Backoff(new Random(seed));
      for (int i = 0; i < CAPS.length; i++) {
        long millis = backoff.next().toMillis();
        assertThat(millis).isBetween(0L, (long) CAPS[i]);
        longest[i] = Math.max(longest[i], millis);
      }
    }
    for (int i = 0; i < CAPS.length; i++) {
      assertThat(longest[i]).isGreaterThan(CAPS[i] * 9L / 10);
    }
  }

  @Test
  void aStableSessionBeginsAgainWithinTheSpread() {
    var backoff = new Backoff(new Random(3));
    for (int i = 0; i < 9; i++) {
      backoff.next();
    }
    assertThat(backoff.fresh(Duration.ofSeconds(30)))
        .isBetween(Duration.ZERO, Duration.ofSeconds(30));
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void withoutSpreadTheFirstReconnectIsAtOnce() {
    assertThat(new Backoff(new Random(3)).fresh(Duration.ZERO)).isZero();
  }
}
