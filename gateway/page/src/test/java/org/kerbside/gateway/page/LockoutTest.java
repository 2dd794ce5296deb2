package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.page.Lockout.Standing.Closed;
import org.kerbside.gateway.page.Lockout.Standing.Free;
import org.kerbside.gateway.page.Lockout.Standing.Locked;

class LockoutTest {

  private static final Long TODAY = 20727L;
  private static final Duration START = Duration.ofHours(3);

  private final Lockout lockout = new Lockout();

  @Test
  void countsDownAndThenLocksForAQuarterOfAnHour() {
    for (int left = 4; left > 0; left--) {
      assertThat(missed("a", TODAY, START)).isEqualTo(new Free(left));
    }
    assertThat(missed("a", TODAY, START)).isEqualTo(new Locked(Duration.ofMinutes(15)));
    for (int minute = 0; minute < 15; minute++) {
      assertThat(lockout.of("a", TODAY, START.plusMinutes(minute)))
          .isEqualTo(new Locked(Duration.ofMinutes(15 - minute)));
    }
    assertThat(lockout.of("a", TODAY, START.plusMinutes(15))).isEqualTo(new Free(5));
  }

  @Test
  void aLockIsOneClients() {
    for (int i = 0; i < 5; i++) {
      missed("a", TODAY, START);
    }
    assertThat(lockout.of("b", TODAY, START)).isEqualTo(new Free(5));
  }

  @Test
  void aRightCodeForgivesTheSlipsBeforeIt() {
    for (int i = 0; i < 4; i++) {
      missed("a", TODAY, START);
    }
    lockout.passed("a");
    assertThat(lockout.of("a", TODAY, START)).isEqualTo(new Free(5));
  }

  @Test
  void slipsAreForgottenAfterAQuarterOfAnHour() {
    missed("a", TODAY, START);
    assertThat(lockout.of("a", TODAY, START.plusMinutes(14))).isEqualTo(new Free(4));
    assertThat(lockout.of("a", TODAY, START.plusMinutes(15))).isEqualTo(new Free(5));
  }

  @Test
  void aHundredWrongTriesOfADayCloseTheGatewayUntilTheNext() {
    assertThat(triesOf(1000, TODAY)).isEqualTo(100);
    assertThat(lockout.of("new", TODAY, START.plusHours(20))).isEqualTo(new Closed());
    assertThat(lockout.of("new", TODAY + 1, START.plusHours(21))).isEqualTo(new Free(5));
    assertThat(triesOf(1000, TODAY + 1)).isEqualTo(100);
  }

  @Test
  void twentyDoWithoutAClockForADayOfMonotonicTime() {
    assertThat(triesOf(1000, null)).isEqualTo(20);
    assertThat(lockout.of("new", null, START.plusHours(23))).isEqualTo(new Closed());
    assertThat(lockout.of("new", null, START.plusHours(24))).isEqualTo(new Free(5));
  }

  @Test
  void aClockThatComesGivesNoNewTriesButTheHigherLimit() {
    assertThat(triesOf(1000, null)).isEqualTo(20);
    assertThat(triesOf(1000, TODAY)).isEqualTo(80);
  }

  @Test
  void aDayThatGoesBackGivesNoNewTries() {
    triesOf(1000, TODAY);
    assertThat(lockout.of("new", TODAY - 1, START)).isEqualTo(new Closed());
  }

  /** One client that tries once a minute, as patiently as it likes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 200, 226, 600})
  void onePatientClientHasAHundredTriesADay(int seconds) {
    int tries = 0;
    for (long passed = 0; passed < Duration.ofDays(1).toSeconds(); passed += seconds) {
      var now = START.plusSeconds(passed);
      if (lockout.of("a", TODAY, now) instanceof Free) {
        missed("a", TODAY, now);
        tries++;
      }
    }
    assertThat(tries).isBetween(90, 100);
  }

  /** How often that many clients in turn may be wrong. */
  private int triesOf(int clients, @Nullable Long today) {
    int tries = 0;
    for (int i = 0; i < clients; i++) {
      if (lockout.of("c" + i, today, START) instanceof Free) {
        missed("c" + i, today, START);
        tries++;
      }
    }
    return tries;
  }

  private Lockout.Standing missed(String client, @Nullable Long today, Duration now) {
    return lockout.missed(client, today, now);
  }
}
