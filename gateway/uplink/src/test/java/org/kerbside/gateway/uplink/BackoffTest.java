package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final int[] CAPS = {1, 2, 4, 8, 16, 32, 64, 120, 120};

  @Test
  void theCapDoublesToTwoMinutesAndAllBelowItIsUsed() {
    var longest = new long[CAPS.length];
    for (int seed = 0; seed < 500; seed++) {
      var backoff = new Backoff(new Random(seed));
      for (int i = 0; i < CAPS.length; i++) {
        long millis = backoff.next().toMillis();
        assertThat(millis).isBetween(0L, CAPS[i] * 1000L);
        longest[i] = Math.max(longest[i], millis);
      }
    }
    for (int i = 0; i < CAPS.length; i++) {
      assertThat(longest[i]).isGreaterThan(CAPS[i] * 900L);
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
