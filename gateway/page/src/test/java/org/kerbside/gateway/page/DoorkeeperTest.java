package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.page.Doorkeeper.Answer;

class DoorkeeperTest {

  private static final ZoneId CHENGDU = ZoneId.of("Asia/Shanghai");

  private final Cabinet cabinet = new Cabinet();
  private final Doorkeeper doorkeeper = new Doorkeeper(cabinet.access(), CHENGDU, session -> false);

  @ParameterizedTest
  @EnumSource(names = {"CREW", "INSTALLER", "ENGINEER"})
  void theCodeSaysTheRole(Role role) {
    var session = in(ask("4711", Cabinet.code(role, "4711")));
    assertThat(session.by()).isEqualTo(role.word() + ":4711");
    assertThat(doorkeeper.find(session.id())).isEqualTo(session);
  }

  @Test
  void anothersCodeAnotherDaysAndAnotherGatewaysAreWrong() {
    assertThat(ask("4712", Cabinet.code(Role.CREW, "4711"))).isEqualTo(new Answer.Wrong(4));
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711", 20726))).isEqualTo(new Answer.Wrong(3));
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711", 20728))).isEqualTo(new Answer.Wrong(2));
    var other = RoleKey.of(Cabinet.SEED, "CD-QY-0174", Role.CREW).code("4711", 20727);
    assertThat(ask("4711", other)).isEqualTo(new Answer.Wrong(1));
  }

  /** A thousand of the million that there are, and the three that stand for a role. */
  @Test
  void noOtherCodeOpens() {
    cabinet.button(CabinetButton.Press.PRESSED); // or it would close
    var codes = new TreeSet<String>();
    for (var role : new Role[] {Role.CREW, Role.INSTALLER, Role.ENGINEER}) {
      codes.add(Cabinet.code(role, "4711"));
    }
    for (int code = 0; code < 1_000_000; code += 997) {
      codes.add("%06d".formatted(code));
    }
    var open =
        codes.stream()
            .filter(code -> doorkeeper.ask("4711", code, "c" + code, null) instanceof Answer.In)
            .toList();
    assertThat(open).hasSize(3);
  }

  @Test
  void yesterdaysCodeIsTakenForTenMinutesAfterFour() {
    cabinet.passes(Duration.ofHours(13).plusMinutes(28)); // 04:00:05
    in(ask("4711", Cabinet.code(Role.CREW, "4711", 20727)));
    in(ask("4711", Cabinet.code(Role.CREW, "4711", 20728)));
    cabinet.passes(Duration.ofMinutes(10));
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711", 20727))).isEqualTo(new Answer.Wrong(4));
    in(ask("4711", Cabinet.code(Role.CREW, "4711", 20728)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", " %s ", "%.3s %2$s", "%.3s-%2$s", "%.3s\u00a0%2$s"})
  void takesWhatAPhonePastes(String form) {
    var code = Cabinet.code(Role.CREW, "4711");
    in(ask(" 4711", form.formatted(code, code.substring(3))));
  }

  @Test
  void takesTheWideDigitsOfAChineseKeyboard() {
    var wide = new StringBuilder();
    Cabinet.code(Role.CREW, "4711").chars().forEach(c -> wide.appendCodePoint(c - '0' + '０'));
    in(ask("４７１１", wide.toString()));
  }

  @ParameterizedTest
  @CsvSource({"'', 692048", "4711, ''", "4711, 69204", "4711, 6920481", "4711, 69204x", "4 ' 1, 1"})
  void whatIsNoCodeCostsNoTry(String worker, String code) {
    for (int i = 0; i < 10; i++) {
      assertThat(ask(worker, code)).isEqualTo(new Answer.Unread());
    }
    assertThat(ask("4711", "000000")).isEqualTo(new Answer.Wrong(4));
  }

  @Test
  void aLockedClientIsNotEvenLookedAt() {
    for (int i = 0; i < 4; i++) {
      ask("4711", "000000");
    }
    assertThat(ask("4711", "000000")).isEqualTo(new Answer.Locked(Duration.ofMinutes(15)));
    cabinet.passes(Duration.ofMinutes(14));
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711")))
        .isEqualTo(new Answer.Locked(Duration.ofMinutes(1)));
    cabinet.passes(Duration.ofMinutes(1));
    in(ask("4711", Cabinet.code(Role.CREW, "4711")));
    assertThat(cabinet.told()).containsExactly("locked", "login crew:4711");
  }

  /** A hundred thousand guesses from a thousand clients, through one day. */
  @Test
  void aDaysGuessingMeetsAHundredCodes() {
    int looked = 0;
    for (int i = 0; i < 100_000; i++) {
      var answer = doorkeeper.ask("4711", "000000", "c" + i % 1000, null);
      looked += answer instanceof Answer.Wrong ? 1 : 0;
    }
    assertThat(looked).isEqualTo(99); // the hundredth is told that it was the last
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711"))).isEqualTo(new Answer.Closed());
    assertThat(cabinet.told()).containsExactly("closed");

    cabinet.button(CabinetButton.Press.PRESSED);
    assertThat(in(ask("4711", Cabinet.code(Role.CREW, "4711"))).role()).isEqualTo(Role.INSTALLER);
  }

  @Test
  void aNewDayOpensAgain() {
    for (int i = 0; i < 100; i++) {
      doorkeeper.ask("4711", "000000", "c" + i, null);
    }
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711"))).isEqualTo(new Answer.Closed());
    cabinet.passes(Duration.ofHours(14));
    in(ask("4711", Cabinet.code(Role.CREW, "4711", 20728)));
  }

  @Test
  void withoutAClockEveryDayOfAMonthIsTakenAndNoneBeforeTheLastTaken() {
    cabinet.is(ClockQuality.NONE);
    in(ask("4711", Cabinet.code(Role.CREW, "4711", 20727)));
    in(ask("4711", Cabinet.code(Role.CREW, "4711", 20757)));
    in(ask("4711", Cabinet.code(Role.CREW, "4711", 20787)));
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711", 20786))).isEqualTo(new Answer.Wrong(4));
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711", 20818))).isEqualTo(new Answer.Wrong(3));
  }

  /** Dark for longer than a month: day 20827 is 2027-01-09. */
  @Test
  void theDayThatAPhoneSaysCountsAtTheOpenCabinetAndOnlyWithoutAClock() {
    var code = Cabinet.code(Role.CREW, "4711", 20827);
    var today = LocalDate.of(2027, 1, 9);
    cabinet.is(ClockQuality.NONE);
    cabinet.button(CabinetButton.Press.RESTING);
    assertThat(doorkeeper.ask("4711", code, "a", today)).isEqualTo(new Answer.Wrong(4));
    cabinet.button(CabinetButton.Press.PRESSED);
    assertThat(doorkeeper.ask("4711", code, "b", null)).isEqualTo(new Answer.Wrong(4));
    assertThat(doorkeeper.ask("4711", code, "b", today.plusDays(2))).isEqualTo(new Answer.Wrong(3));
    cabinet.is(ClockQuality.SYNC);
    assertThat(doorkeeper.ask("4711", code, "b", today)).isEqualTo(new Answer.Wrong(2));
    cabinet.is(ClockQuality.NONE);
    // At two in the morning the code is yesterday's still.
    in(doorkeeper.ask("4711", code, "c", today.plusDays(1)));
    var old = Cabinet.code(Role.CREW, "4711", 20800);
    assertThat(doorkeeper.ask("4711", old, "d", LocalDate.ofEpochDay(20800)))
        .as("earlier than what was taken")
        .isEqualTo(new Answer.Wrong(4));
  }

  @Test
  void withoutAClockTwentyGuessesCloseIt() {
    cabinet.is(ClockQuality.NONE);
    for (int i = 0; i < 20; i++) {
      doorkeeper.ask("4711", "000000", "c" + i, null);
    }
    assertThat(ask("4711", Cabinet.code(Role.CREW, "4711"))).isEqualTo(new Answer.Closed());
  }

  @Test
  void theButtonMakesACrewAnInstallerAndNothingMore() {
    cabinet.button(CabinetButton.Press.PRESSED);
    assertThat(in(ask("4711", Cabinet.code(Role.CREW, "4711"))).role()).isEqualTo(Role.INSTALLER);
    assertThat(in(ask("1", Cabinet.code(Role.INSTALLER, "1"))).role()).isEqualTo(Role.INSTALLER);
    assertThat(ask("4711", "000000")).isEqualTo(new Answer.Wrong(4));
  }

  @Test
  void whoIsInStaysInWhenTheGatewayBeginsAgain() {
    var session = in(ask("4711", Cabinet.code(Role.CREW, "4711")));
    ask("4711", "000000");
    var again = new Doorkeeper(cabinet.access(), CHENGDU, one -> false);
    assertThat(again.find(session.id())).isEqualTo(session);
    assertThat(again.ask("4711", "000000", "phone", null)).isEqualTo(new Answer.Wrong(3));
  }

  @Test
  void whoCameInByAKeyThatIsGoneIsOut() {
    var session = in(ask("4711", Cabinet.code(Role.CREW, "4711")));
    var before = cabinet.access();
    var changed =
        new Access(
            Map.of(Role.CREW, RoleKey.of(new byte[32], "another", Role.CREW)),
            before.clock(),
            before.lastKnown(),
            before.visitors(),
            before.button(),
            before.audit());
    var again = new Doorkeeper(changed, CHENGDU, one -> false);
    assertThat(again.find(session.id())).isNull();
  }

  @Test
  void whoLeavesIsOut() {
    var session = in(ask("4711", Cabinet.code(Role.CREW, "4711")));
    doorkeeper.leave(session, "phone");
    assertThat(doorkeeper.find(session.id())).isNull();
    assertThat(cabinet.told()).containsExactly("login crew:4711", "logout crew:4711");
  }

  private Answer ask(String worker, String code) {
    return doorkeeper.ask(worker, code, "phone", null);
  }

  private static Session in(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.In.class);
    return ((Answer.In) answer).session();
  }
}
