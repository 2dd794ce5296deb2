package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.app.Street.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.gateway.app.KnownTime.Known;
import org.kerbside.gateway.app.LinuxBoard.Lasting;
import org.kerbside.gateway.model.ClockDoor.Answer;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;

class SystemClockTest {

  private static final Instant RELEASED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Kernel DISCIPLINED = new Kernel.Synchronised(Duration.ofMillis(20));
  private static final Duration YEARS = Duration.ofDays(3_652);

  @TempDir private Path data;

  @Test
  void betweenTwoLooksAStepIsNotSeenAndTimeGoesOn() {
    var board = new HandBoard(NOON);
    var clock = clock(board);
    board.pass(Duration.ofSeconds(5));
    board.step(YEARS);

    assertThat(clock.now().wall()).isEqualTo(NOON.plusSeconds(5));
    clock.check(change -> {});
    board.pass(Duration.ofSeconds(5));
    assertThat(clock.now().wall()).isEqualTo(NOON.plusSeconds(10));
    assertThat(clock.now().sinceBoot()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theWatchTellsWhenTheTimeBecomesKnown() throws Exception {
    var board = new HandBoard(Instant.EPOCH);
    var told = new CopyOnWriteArrayList<Event.Clock>();
    try (var clock = clock(board)) {
      assertThat(clock.now().clock()).isEqualTo(ClockQuality.NONE);
      board.pass(Duration.ofSeconds(90));
      board.set(NOON);
      board.says(DISCIPLINED);
      clock.start(told::add);
      Await.until("the change is told", () -> !told.isEmpty());
      assertThat(clock.now().clock()).isEqualTo(ClockQuality.SYNC);
      assertThat(clock.within()).isEqualTo(Duration.ofMillis(20));
    }
    var mapped = new Event.Clock.Shift.Mapped(NOON.minusSeconds(90));
    assertThat(told).extracting(Event.Clock::shift).isEqualTo(List.of(mapped));
    assertThat(told.getFirst().at().wall()).isEqualTo(NOON);
  }

  /** One gateway of the process ends, and another begins. */
  @Test
  void theWatchEndsAndBeginsAgainAndTheTimeGoesOn() throws Exception {
    var board = new HandBoard(Instant.EPOCH);
    var told = new CopyOnWriteArrayList<Event.Clock>();
    var clock = clock(board);
    clock.start(told::add);
    clock.close();
    board.pass(Duration.ofSeconds(90));
    board.set(NOON);
    board.says(DISCIPLINED);
    assertThat(clock.now().sinceBoot()).isEqualTo(Duration.ofSeconds(90));
    clock.start(told::add);
    Await.until("the change is told", () -> !told.isEmpty());
    clock.close();
    assertThat(told).hasSize(1);
    assertThat(clock.now().wall()).isEqualTo(NOON);
  }

  @Test
  void theKnownTimeIsSavedEveryTenMinutesAndAnUnknownOneNever() throws IOException {
    var board = new HandBoard(Instant.EPOCH);
    var clock = clock(board);
    clock.check(change -> {});
    assertThat(data.resolve(KnownTime.FILE)).doesNotExist();

    board.set(NOON);
    clock.check(change -> {});
    assertThat(saved()).isEqualTo(NOON + " here\n");
    board.pass(Duration.ofMinutes(9));
    clock.check(change -> {});
    assertThat(saved()).isEqualTo(NOON + " here\n");
    board.pass(Duration.ofMinutes(1));
    clock.check(change -> {});
    assertThat(saved()).isEqualTo(NOON.plusSeconds(600) + " here\n");
  }

  @Test
  void aPersonSetsAClockThatKnowsNothingUntilATimeSourceIsHeard() {
    var board = new HandBoard(Instant.EPOCH);
    var told = new ArrayList<Event.Clock>();
    var clock = clock(board);
    board.pass(Duration.ofSeconds(90));
    assertThat(clock.set(NOON, "installer:7002", told::add)).isEqualTo(Answer.SET);
    assertThat(clock.set(NOON, "installer:7002", told::add)).isEqualTo(Answer.KNOWN);
    assertThat(told)
        .extracting(Event.Clock::shift)
        .isEqualTo(List.of(new Event.Clock.Shift.Mapped(NOON.minusSeconds(90))));

    board.pass(Duration.ofMinutes(20));
    clock.check(told::add);
    assertThat(clock.now().wall()).isEqualTo(NOON.plusSeconds(1200));
    assertThat(clock.now().clock()).isEqualTo(ClockQuality.HOLD);
    assertThat(data.resolve(KnownTime.FILE)).as("no evidence for a next start").doesNotExist();

    assertThat(clock.by()).isEqualTo("installer:7002");
    board.set(NOON.plusSeconds(1300));
    board.says(DISCIPLINED);
    clock.check(told::add);
    assertThat(clock.now().clock()).isEqualTo(ClockQuality.SYNC);
    assertThat(clock.by()).isNull();
  }

  @Test
  void whatIsSavedIsReadAgainAndWhatIsTornIsNothing() throws IOException {
    var known = new KnownTime(data);
    assertThat(known.read()).isNull();
    known.save(new Known(NOON, "here"));
    assertThat(known.read()).isEqualTo(new Known(NOON, "here"));
    Files.writeString(known.file(), "2026-07-");
    assertThat(known.read()).isNull();
  }

  @Test
  void thisMachinesKernelAnswersWithinItsOwnBound() {
    var board = new LinuxBoard();
    var first = board.kernel();
    assertThat(board.kernel()).hasSameClassAs(first);
    if (first instanceof Kernel.Synchronised(var within)) {
      assertThat(within).isBetween(Duration.ZERO, Duration.ofSeconds(16));
    }
  }

  private String saved() throws IOException {
    return Files.readString(data.resolve(KnownTime.FILE));
  }

  private SystemClock clock(HandBoard board) {
    return new SystemClock(
        board,
        new Timekeeping(RELEASED, null, "here", Lasting.GOES_ON_WHILE_OFF),
        new KnownTime(data),
        board.kernel());
  }
}
