package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock begins at eight in the morning, UTC: sixteen in China. */
class WearTest {

  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
  private static final long TERABYTE = 1_000_000_000_000L;

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private long card; // what the kernel counts of this process

  @Test
  void lifeIsEnduranceByADaysBytes() {
    var wear = opened();
    pass(wear, 12, 50_000_000);
    var figures = wear.figures(clock.now());
    assertThat(figures.perDay()).isEqualTo(100_000_000L);
    assertThat(figures.years()).isCloseTo(TERABYTE / 1e8 / 365.25, within(.001));
  }

  @Test
  void beforeAnHourNobodyKnows() {
    var wear = opened();
    clock.pass(Duration.ofMinutes(59));
    card = 9_000_000;
    assertThat(wear.figures(clock.now()))
        .isEqualTo(new Wear.Figures(9_000_000, 9_000_000, null, null));
  }

  @Test
  void todayBeginsAtTheSitesMidnight() {
    var wear = opened();
    pass(wear, 7, 7_000);
    assertThat(wear.figures(clock.now()).today()).isEqualTo(7_000);
    pass(wear, 2, 300);
    assertThat(wear.figures(clock.now()).today()).isBetween(150L, 153L);
    assertThat(wear.figures(clock.now()).total()).isEqualTo(7_300);
  }

  @Test
  void aStartGoesOnWhereTheLastOneStopped() {
    var wear = opened();
    pass(wear, 3, 3_000);
    wear.save(clock.now());
    card = 0; // The kernel counts a new process from nothing.
    var again = opened();
    pass(again, 3, 1_000);
    assertThat(again.figures(clock.now()).total()).isEqualTo(4_000);
    assertThat(again.figures(clock.now()).perDay()).isEqualTo(16_000L);
  }

  @Test
  void aKillCostsTheCountAnHourAtMost() {
    pass(opened(), 5, 5_000);
    card = 0;
    assertThat(opened().figures(clock.now()).total()).isBetween(4_000L, 5_000L);
  }

  @Test
  void withoutAWordOfTheSiteTheCapacityCounts() {
    var wear = new Wear(folder, CHINA, null, () -> card);
    wear.note(clock.now());
    pass(wear, 2, 1_000_000);
    assertThat(wear.figures(clock.now()).years()).isPositive();
  }

  @Test
  void aFileThatSaysNothingIsNoTrouble() throws Exception {
    for (var text : new String[] {"", "x y z w", "1 2", "1 2 yesterday 4"}) {
      Files.writeString(folder.resolve(Wear.FILE), text);
      assertThat(opened().figures(clock.now()).total()).isZero();
    }
  }

  private Wear opened() {
    var wear = new Wear(folder, CHINA, TERABYTE, () -> card);
    wear.note(clock.now());
    return wear;
  }

  /** Minute by minute, with as many bytes in each. */
  private void pass(Wear wear, int hours, long bytes) {
    long before = card;
    for (int minute = 1; minute <= 60 * hours; minute++) {
      clock.pass(Duration.ofMinutes(1));
      card = before + bytes * minute / 60 / hours;
      wear.note(clock.now());
    }
  }
}
