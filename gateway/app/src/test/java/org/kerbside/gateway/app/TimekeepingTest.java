package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.app.LinuxBoard.Lasting.GOES_ON_WHILE_OFF;
import static org.kerbside.gateway.app.LinuxBoard.Lasting.STANDS_WHILE_OFF;
import static org.kerbside.gateway.app.Street.NOON;
import static org.kerbside.gateway.model.ClockQuality.HOLD;
import static org.kerbside.gateway.model.ClockQuality.SYNC;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.app.KnownTime.Known;
import org.kerbside.gateway.app.LinuxBoard.Lasting;
import org.kerbside.gateway.app.Timekeeping.Judged;
import org.kerbside.gateway.app.Timekeeping.Kept;
import org.kerbside.gateway.app.Timekeeping.Witness;
import org.kerbside.gateway.model.ClockDoor.Answer;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event.Clock.Followed;
import org.kerbside.gateway.model.Event.Clock.Shift;

class TimekeepingTest {

  private static final Instant RELEASED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Kernel FREE = new Kernel.Free();
  private static final Kernel DISCIPLINED = new Kernel.Synchronised(Duration.ofMillis(20));
  private static final Duration YEARS = Duration.ofDays(3_652);

  private final Timekeeping lasting = keeping(null, GOES_ON_WHILE_OFF);

  /** Wall, kernel, what an earlier run knew, in this boot or another, what the machine lacks. */
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:05:00Z, FREE,        ,                          GOES_ON_WHILE_OFF, NONE",
    "1970-01-01T00:05:00Z, DISCIPLINED, ,                          GOES_ON_WHILE_OFF, NONE",
    "2026-07-01T04:00:00Z, DISCIPLINED, ,                          STANDS_WHILE_OFF,  SYNC",
    "2026-07-01T04:00:00Z, DISCIPLINED, 2026-08-01T00:00:00Z then, STANDS_WHILE_OFF,  SYNC",
    "2026-07-01T04:00:00Z, FREE,        ,                          GOES_ON_WHILE_OFF, HOLD",
    "2026-07-01T04:00:00Z, FREE,        ,                          STANDS_WHILE_OFF,  NONE",
    "2026-07-01T04:00:00Z, FREE,        2026-06-01T00:00:00Z then, GOES_ON_WHILE_OFF, HOLD",
    "2026-07-01T04:00:00Z, FREE,        2026-08-01T00:00:00Z then, GOES_ON_WHILE_OFF, NONE",
    "2026-07-01T04:00:00Z, FREE,        2026-06-01T00:00:00Z then, STANDS_WHILE_OFF,  NONE",
    "2026-07-01T04:00:00Z, FREE,        2026-06-01T00:00:00Z now,  STANDS_WHILE_OFF,  HOLD",
    "2026-07-01T04:00:00Z, FREE,        2026-08-01T00:00:00Z now,  STANDS_WHILE_OFF,  NONE",
  })
  void aStartTrustsTheClockAsFarAsThereIsEvidence(
      Instant wall, String kernel, @Nullable String known, Lasting off, ClockQuality expected) {
    var look = new Look(wall, Duration.ofSeconds(1), kernel.equals("FREE") ? FREE : DISCIPLINED);

    assertThat(keeping(known, off).first(look).quality()).isEqualTo(expected);
  }

  @Test
  void theTimeBecomesKnownOnceAndItsZeroIsTold() {
    var unknown = lasting.first(look(60, Instant.EPOCH, FREE));
    var still = lasting.next(unknown, look(120, Instant.EPOCH.plusSeconds(300), FREE));
    assertThat(still.shift()).as("a jump of a clock that means nothing").isNull();

    var judged = lasting.next(still.kept(), look(180, NOON, DISCIPLINED));
    assertThat(judged.shift()).isEqualTo(new Shift.Mapped(NOON.minusSeconds(180)));
    assertThat(judged.kept().quality()).isEqualTo(SYNC);
  }

  @Test
  void aSourceThatIsLostLeavesAHoldWhoseBoundGrows() {
    var kept = lasting.first(look(0, NOON, DISCIPLINED));
    kept = next(kept, look(10, NOON.plusSeconds(10), FREE)).kept();

    assertThat(kept.quality()).isEqualTo(HOLD);
    assertThat(kept.within(Duration.ofDays(1)))
        .isEqualTo(Duration.ofMillis(20).plus(Duration.ofDays(1).dividedBy(2_000)));
    assertThat(next(kept, look(20, NOON.plusSeconds(20), DISCIPLINED)).kept().quality())
        .isEqualTo(SYNC);
  }

  @Test
  void aHoldFromABatteryClockHasNoBoundThatAnybodyKnows() {
    assertThat(lasting.first(look(0, NOON, FREE)).within(Duration.ofDays(1))).isNull();
  }

  @Test
  void aSlewIsFollowedAndNotTold() {
    var kept = lasting.first(look(0, NOON, DISCIPLINED));
    var judged = next(kept, look(2, NOON.plusMillis(2_900), DISCIPLINED));

    assertThat(judged.shift()).isNull();
    assertThat(judged.kept().zero()).isEqualTo(NOON.plusMillis(900));
  }

  /** By, the kernel afterwards, whether a source was heard before, whether it is followed. */
  @ParameterizedTest
  @CsvSource({
    "-31s,    DISCIPLINED, heard, YES",
    "-31s,    FREE,        heard, NO",
    "-31s,    FREE,        never, YES",
    "23h,     DISCIPLINED, heard, YES",
    "25h,     DISCIPLINED, heard, NO",
    "25h,     DISCIPLINED, never, YES",
    "25h,     FREE,        never, NO",
    "87648h,  DISCIPLINED, heard, NO",
    "-87648h, DISCIPLINED, heard, NO",
    "87648h,  FREE,        never, NO",
    "-87648h, FREE,        never, NO",
    "-87648h, DISCIPLINED, never, NO",
  })
  void aStepIsToldAndFollowedWhereTheBoardIsTheBetterWitness(
      String by, String kernel, String source, Followed followed) {
    var step = Duration.parse(by.startsWith("-") ? "-PT" + by.substring(1) : "PT" + by);
    var kept = lasting.first(look(0, NOON, source.equals("heard") ? DISCIPLINED : FREE));
    var after = kernel.equals("FREE") ? FREE : DISCIPLINED;
    var judged = next(kept, look(2, NOON.plusSeconds(2).plus(step), after));

    assertThat(judged.shift()).isEqualTo(new Shift.Stepped(step, followed));
    assertThat(judged.kept().zero()).isEqualTo(followed == Followed.YES ? NOON.plus(step) : NOON);
    assertThat(judged.kept().quality())
        .isEqualTo(followed == Followed.YES && after.equals(DISCIPLINED) ? SYNC : HOLD);
  }

  @Test
  void aStepThatIsNotFollowedIsToldOnceAndItsWayBackToo() {
    var kept = lasting.first(look(0, NOON, DISCIPLINED));
    var away = next(kept, look(2, NOON.plusSeconds(2).plus(YEARS), FREE));
    var still = next(away.kept(), look(4, NOON.plusSeconds(4).plus(YEARS), FREE));
    var back = next(still.kept(), look(6, NOON.plusSeconds(6), DISCIPLINED));

    assertThat(still.shift()).isNull();
    assertThat(still.kept().zero()).isEqualTo(NOON);
    assertThat(back.shift()).isEqualTo(new Shift.Stepped(YEARS.negated(), Followed.NO));
    assertThat(back.kept().quality()).isEqualTo(SYNC);
  }

  @Test
  void whatOnlyABatterySaidIsCorrectedByTheFirstSourceHoweverFarOff() {
    var kept = lasting.first(look(0, NOON.minus(YEARS.dividedBy(40)), FREE));
    var judged = next(kept, look(600, NOON, DISCIPLINED));

    assertThat(judged.kept().zero()).isEqualTo(NOON.minusSeconds(600));
    assertThat(judged.shift())
        .isInstanceOfSatisfying(
            Shift.Stepped.class, stepped -> assertThat(stepped.followed()).isEqualTo(Followed.YES));
  }

  @Test
  void aPersonsWordIsHeldWhileTheBoardShowsAsBefore() {
    var board = NOON.minus(Duration.ofHours(3));
    var kept = keeping(null, STANDS_WHILE_OFF).told(look(60, board, FREE), NOON).kept();

    assertThat(kept.quality()).isEqualTo(HOLD);
    assertThat(kept.zero()).isEqualTo(NOON.minusSeconds(60));
    assertThat(kept.within(Duration.ofDays(1))).isNull();
    var judged = next(kept, look(62, board.plusSeconds(2), FREE));
    assertThat(judged.shift()).isNull();
    assertThat(judged.kept()).isEqualTo(kept);
  }

  @Test
  void aPersonsWordGivesWayToTheBoardOnceThatIsSetAndToASourceHoweverFarOff() {
    var kept = lasting.told(look(60, Instant.EPOCH, FREE), NOON).kept();

    var set = next(kept, look(62, NOON.plusSeconds(9), FREE));
    assertThat(set.kept().zero()).isEqualTo(NOON.minusSeconds(53));
    assertThat(set.kept().witness()).isEqualTo(Witness.BOARD);
    var heard = next(kept, look(62, NOON.plus(YEARS), DISCIPLINED));
    assertThat(heard.kept().quality()).isEqualTo(SYNC);
    assertThat(heard.kept().zero()).isEqualTo(NOON.plus(YEARS).minusSeconds(62));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-31T23:59:59Z, TOO_EARLY",
    "2026-01-01T00:00:00Z, SET",
    "2036-01-02T00:00:00Z, SET",
    "2036-01-02T00:00:01Z, TOO_LATE",
  })
  void aPersonsWordIsTakenWithinTenYearsOfTheLastKnownTime(Instant said, Answer expected) {
    var unknown = lasting.first(look(60, Instant.EPOCH, FREE));

    assertThat(lasting.answers(unknown, said)).isEqualTo(expected);
    assertThat(lasting.answers(lasting.first(look(0, NOON, FREE)), said)).isEqualTo(Answer.KNOWN);
  }

  private Judged next(Kept kept, Look look) {
    return lasting.next(kept, look);
  }

  private static Look look(long up, Instant wall, Kernel kernel) {
    return new Look(wall, Duration.ofSeconds(up), kernel);
  }

  private static Timekeeping keeping(@Nullable String known, Lasting off) {
    var words = known == null ? new String[0] : known.split(" ", -1);
    var then = known == null ? null : new Known(Instant.parse(words[0]), words[1]);
    return new Timekeeping(RELEASED, then, "now", off);
  }
}
