package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.uplink.Comeback.Urgency.EMERGENCY;
import static org.kerbside.gateway.uplink.Comeback.Urgency.USUAL;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Campaign;

/** How soon one calls again, and what ten thousand make of it. */
class ComebackTest {

  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final Duration SPREAD = Duration.ofSeconds(30);
  private static final Duration BRIEF = STABLE.minusMillis(1);

  private static final int FLEET = 10_000;

  @Test
  void onlyASessionThatHeldBeginsAgain() {
    assertThat(longest(BRIEF, BRIEF)).as("the second in a row").isBetween(1400L, 1500L);
    assertThat(longest(BRIEF, STABLE)).isBetween(29_000L, 30_000L);
    assertThat(longest(BRIEF, BRIEF, BRIEF, STABLE, BRIEF)).isBetween(900L, 1000L);
  }

  @Test
  void anEmergencyDoesNotWaitForTheSpread() {
    long longest = 0;
    for (int seed = 0; seed < 500; seed++) {
      var comeback = new Comeback(new Random(seed), STABLE, SPREAD);
      longest = Math.max(longest, comeback.after(STABLE, EMERGENCY).toMillis());
    }
    assertThat(longest).isBetween(4_900L, 5_000L);
    assertThat(new Comeback(new Random(1), STABLE, Duration.ZERO).after(STABLE, EMERGENCY))
        .isZero();
  }

  /** However long the sessions hold that are taken over. */
  @Test
  void afterATakeOverItIsSlow() {
    long sum = 0;
    for (int seed = 0; seed < 500; seed++) {
      sum += new Comeback(new Random(seed), STABLE, SPREAD).afterTakeOver().toMillis();
    }
    assertThat(sum / 500).isBetween(50_000L, 70_000L);
  }

  /**
   * They lose their broker in one second, and it is away for so long. What reaches it in any second
   * stays far below all of them.
   */
  @Test
  @Tag("storm")
  void tenThousandThatReturnAreNoStorm() {
    var campaign = Campaign.of("storm", 1);
    for (int round = 0; round < campaign.n(); round++) {
      for (int away : new int[] {0, 2, 10, 30, 60, 300, 3600}) {
        var storm = storm(away, campaign.seed() + round);
        System.out.printf(
            "campaign storm: away %d s: at most %d a second come in, the last after %d s; at most %d a second call%n",
            away, storm.served(), storm.last() - away, storm.called());
        assertThat(storm.served()).as("%s, away %d s", campaign, away).isLessThan(most(away));
        assertThat(storm.called()).as("%s, away %d s", campaign, away).isLessThan(FLEET * 2 / 5);
        assertThat(storm.last() - away).as("%s, away %d s", campaign, away).isLessThan(125);
      }
    }
  }

  /**
   * The spread alone at once; a quarter in the worst case, when all still call every few seconds.
   */
  private static int most(int away) {
    return away == 0 ? FLEET / 20 : FLEET / 4;
  }

  private record Storm(int served, int called, int last) {}

  private static Storm storm(int away, long seed) {
    int end = away + 300;
    var calls = new int[end];
    var served = new int[end];
    for (int gateway = 0; gateway < FLEET; gateway++) {
      var comeback = new Comeback(new Random(seed * FLEET + gateway), STABLE, SPREAD);
      double now = comeback.after(STABLE, USUAL).toMillis() / 1e3;
      calls[(int) now]++;
      while (now < away) {
        now += comeback.after(Duration.ZERO, USUAL).toMillis() / 1e3;
        calls[(int) now]++;
      }
      served[(int) now]++;
    }
    int last = end - 1;
    while (served[last] == 0) {
      last--;
    }
    return new Storm(most(served), most(calls), last);
  }

  private static int most(int[] counts) {
    return Arrays.stream(counts).max().orElse(0);
  }

  /** The longest of the last waits in a row of ends. */
  private static long longest(Duration... lasted) {
    long longest = 0;
    for (int seed = 0; seed < 500; seed++) {
      var comeback = new Comeback(new Random(seed), STABLE, SPREAD);
      long last = 0;
      for (var session : lasted) {
        last = comeback.after(session, USUAL).toMillis();
      }
      longest = Math.max(longest, last);
    }
    return longest;
  }
}
