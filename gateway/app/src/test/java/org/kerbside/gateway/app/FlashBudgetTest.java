package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlashBudgetTest {

  private static final long DAY = 100_000_000;
  private static final long COMMIT = 5_000;

  private long now;

  @Test
  void withoutABudgetNothingIsHeldBack() {
    var budget = new FlashBudget(null, now);
    budget.spend(Long.MAX_VALUE, now);

    assertThat(budget.patience(now)).isZero();
  }

  @Test
  void aBurstIsCommittedAtOnceAndTheRestWaitsLongerTheEmptierTheBucket() {
    var budget = new FlashBudget(DAY, now);
    assertThat(budget.patience(now)).isZero();
    budget.spend(DAY / 24 / 2, now);
    assertThat(budget.patience(now)).isZero();
    budget.spend(DAY / 24 / 4, now);
    assertThat(budget.patience(now))
        .isCloseTo(FlashBudget.WITHIN.dividedBy(2), Duration.ofMillis(1));
    budget.spend(DAY / 24, now);
    assertThat(budget.patience(now)).isEqualTo(FlashBudget.WITHOUT);
  }

  @Test
  void aQuietHourFillsIt() {
    var budget = new FlashBudget(DAY, now);
    budget.spend(DAY / 24, now);
    pass(Duration.ofHours(1));

    assertThat(budget.patience(now)).isZero();
  }

  /** A site that always has something to write, each commit held back as long as it is told to. */
  @Test
  void overADayNoMoreIsWrittenThanTheBudgetAndAnHourOfIt() {
    var budget = new FlashBudget(DAY, now);
    long written = 0;
    long end = Duration.ofDays(1).toNanos();
    while (now < end) {
      pass(Duration.ofMillis(20).plus(budget.patience(now)));
      budget.spend(COMMIT, now);
      written += COMMIT;
    }

    assertThat(written).isBetween(DAY / 2, DAY + DAY / 12);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
