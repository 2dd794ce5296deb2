package org.kerbside.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.kerbside.gateway.desk.Bench.FULL;
import static org.kerbside.gateway.desk.Bench.HALF;
import static org.kerbside.gateway.desk.Bench.NOON;
import static org.kerbside.gateway.desk.Bench.SHUT;
import static org.kerbside.gateway.desk.Bench.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Move;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.Value;

/** Commands, priorities and leases. */
class DeskTest {

  private static final String DIM = "lamp-5/dim";
  private static final String ZONE = "zone-1/valve";
  private static final String MASTER = "master-1/valve";

  private final Bench bench = new Bench();

  @Test
  void anIdIsDurableBeforeAnythingMoves() {
    var asked = bench.ask(set("1", DIM, HALF));
    assertThat(asked.moves()).isEmpty();
    assertThat(asked.accepted()).extracting(Command::id).containsExactly("1");
    assertThat(asked.told()).containsExactly(new Ruling.Told("1", Progress.ACCEPTED));

    var committed = bench.committed("1");
    assertThat(committed.moves()).containsExactly(bench.move(DIM, HALF));
    assertThat(committed.told()).containsExactly(new Ruling.Told("1", Progress.RUNNING));
  }

  @Test
  void itIsDoneWhenThePointShowsIt() {
    bench.set("1", DIM, HALF);

    assertThat(bench.shows(DIM, FULL).results()).isEmpty();
    assertThat(outcome(bench.shows(DIM, HALF))).isEqualTo(new Outcome.Done(HALF));
  }

  @Test
  void itFailsWhenThePointNeverShowsIt() {
    bench.set("1", DIM, HALF);

    assertThat(outcome(bench.passes(Bench.VERIFY))).isEqualTo(new Outcome.Failed("not observed"));
  }

  @Test
  void aRepeatedIdMovesNothingAndGetsTheRecordedOutcome() {
    bench.set("1", DIM, HALF);
    assertThat(bench.ask(set("1", DIM, HALF)).told())
        .containsExactly(new Ruling.Told("1", Progress.RUNNING));
    bench.shows(DIM, HALF);

    var again = bench.ask(set("1", DIM, HALF));
    assertThat(again.moves()).isEmpty();
    assertThat(again.results()).isEmpty();
    assertThat(again.repeated().getFirst().outcome()).isEqualTo(new Outcome.Done(HALF));
  }

  @Test
  void theSameIdWithOtherContentIsAConflict() {
    bench.ask(set("1", DIM, HALF));

    var other = bench.ask(set("1", DIM, FULL));
    assertThat(other.repeated().getFirst().outcome()).isEqualTo(new Outcome.Rejected("conflict"));
    assertThat(other.accepted()).isEmpty();
  }

  @Test
  void aCommandWithoutExpiryIsRefused() {
    var command = command("1", DIM, HALF, null, Duration.ofMinutes(10));

    assertThat(outcome(bench.ask(command))).isEqualTo(new Outcome.Rejected("no-expiry"));
  }

  @Test
  void anExpiredOneMovesNothingEvenWhenItExpiresBeforeItsCommit() {
    assertThat(outcome(bench.ask(command("1", DIM, HALF, NOON, null))))
        .isEqualTo(new Outcome.Expired());
    bench.ask(command("2", DIM, HALF, bench.now.wall().plusSeconds(5), null));
    bench.pass(Duration.ofSeconds(6));

    var late = bench.committed("2");
    assertThat(outcome(late)).isEqualTo(new Outcome.Expired());
    assertThat(late.moves()).isEmpty();
  }

  @Test
  void withoutAClockACityIsRefusedAndACrewIsNot() {
    bench.now = new Moment(Instant.EPOCH, ClockQuality.NONE, bench.now.sinceBoot());
    assertThat(outcome(bench.ask(set("1", DIM, HALF)))).isEqualTo(new Outcome.Rejected("clock"));
    var crew = new Command("2", "set", DIM, HALF, Issuer.CREW, "crew:4711", null, null, null, "f");

    assertThat(bench.ask(crew).accepted()).hasSize(1);
  }

  @Test
  void whatTheDeskDoesNotKnowOrAllowIsRefused() {
    assertThat(outcome(bench.ask(set("1", "lamp-9/dim", HALF))))
        .isEqualTo(new Outcome.Rejected("unknown-point"));
    assertThat(outcome(bench.ask(set("2", DIM, new Value.Num(1.5)))))
        .isEqualTo(new Outcome.Rejected("not-allowed"));
    assertThat(outcome(bench.ask(set("3", DIM, Value.Flag.TRUE))))
        .isEqualTo(new Outcome.Rejected("not-allowed"));
    assertThat(outcome(bench.ask(set("4", "zone-1/flow", HALF))))
        .isEqualTo(new Outcome.Rejected("not-allowed"));
    var forEver = command("5", DIM, HALF, bench.now.wall().plusSeconds(60), Duration.ofDays(3650));
    assertThat(outcome(bench.ask(forEver))).isEqualTo(new Outcome.Rejected("lease"));
  }

  @Test
  void whenALeaseEndsTheProgrammeTakesOverAgain() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    bench.asked(bench.command("1", DIM, HALF, Issuer.CITY, Duration.ofMinutes(10)));
    assertThat(holder()).isEqualTo(Issuer.CITY);
    assertThat(bench.memory.wake()).isEqualTo(bench.now.sinceBoot().plus(Bench.VERIFY));

    bench.passes(Duration.ofMinutes(10).minusMillis(1));
    assertThat(holder()).isEqualTo(Issuer.CITY);
    assertThat(bench.passes(Duration.ofMillis(1)).moves()).containsExactly(bench.move(DIM, FULL));
    assertThat(holder()).isEqualTo(Issuer.PROGRAMME);
  }

  /** Every pair: the higher has the output while it wants it, and the other when it lets go. */
  @ParameterizedTest
  @EnumSource(Issuer.class)
  void theHigherOfTwoIssuersHasTheOutput(Issuer one) {
    for (var other : EnumSet.complementOf(EnumSet.of(one))) {
      var street = new Bench();
      street.order(DIM, FULL, one, "one");
      street.order(DIM, HALF, other, "other");
      boolean isOver = other.outranks(one);
      assertThat(street.owner(DIM)).extracting("by").isEqualTo(isOver ? "other" : "one");

      street.order(DIM, null, isOver ? other : one, "");
      assertThat(street.owner(DIM)).extracting("by").isEqualTo(isOver ? "one" : "other");
    }
  }

  @Test
  void safetyOutranksTheCity() {
    bench.order(MASTER, SHUT, Issuer.SAFETY, "water-burst");

    assertThat(outcome(bench.ask(set("1", MASTER, FULL))))
        .isEqualTo(new Outcome.Rejected("interlock:water-burst"));
  }

  /** Each pair of issuers of commands; equals take over, for the newer knows better. */
  @ParameterizedTest
  @CsvSource({
    "CITY, CITY, true",
    "CITY, CREW, true",
    "CREW, CREW, true",
    "CREW, CITY, false",
  })
  void ofTwoCommandsForOneOutputEachEndsOnce(Issuer first, Issuer second, boolean takesOver) {
    bench.asked(bench.command("1", DIM, HALF, first, null));
    var next = bench.asked(bench.command("2", DIM, FULL, second, null));
    var all = new ArrayList<>(next.results());
    all.addAll(bench.shows(DIM, FULL).results());
    all.addAll(bench.shows(DIM, HALF).results());
    all.addAll(bench.passes(Bench.VERIFY).results());

    assertThat(all)
        .extracting("command", "outcome")
        .containsExactly(
            takesOver
                ? tuple("1", new Outcome.Failed("superseded"))
                : tuple("2", new Outcome.Rejected("not-allowed")),
            takesOver ? tuple("2", new Outcome.Done(FULL)) : tuple("1", new Outcome.Done(HALF)));
  }

  @Test
  void twoCommandsThatWantTheSameAreBothDone() {
    bench.set("1", DIM, HALF);
    bench.set("2", DIM, HALF);

    assertThat(bench.shows(DIM, HALF).results()).extracting("command").containsExactly("1", "2");
  }

  @Test
  void aCommandWhoseLeaseEndsUnseenHasFailed() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    bench.asked(bench.command("1", DIM, HALF, Issuer.CITY, Duration.ofSeconds(5)));

    assertThat(outcome(bench.passes(Duration.ofSeconds(5))))
        .isEqualTo(new Outcome.Failed("not observed"));
  }

  @Test
  void aFloodIsBusyAndMayComeAgainAndShutsNobodyElseOut() {
    int accepted = 0;
    for (int i = 0; i < 10_000; i++) {
      accepted += bench.ask(set("flood " + i, DIM, HALF)).accepted().size();
      bench.pass(Duration.ofMillis(1));
    }
    assertThat(accepted).as("ten a second for ten seconds, and two seconds' worth").isEqualTo(119);
    bench.ask(set("last", DIM, HALF));
    var busy = bench.ask(set("late", DIM, HALF));
    assertThat(busy.repeated().getFirst().outcome()).isEqualTo(new Outcome.Rejected("busy"));
    assertThat(busy.results()).as("what is busy is nothing to keep").isEmpty();
    assertThat(bench.ask(bench.command("crew", DIM, HALF, Issuer.CREW, null)).accepted())
        .hasSize(1);

    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.ask(set("late", DIM, HALF)).accepted()).hasSize(1);
  }

  /** An id is known for seven days: the journal has room for so many of both issuers. */
  @Test
  void sevenDaysTakeNoMoreIdsThanTheJournalKnowsAndNobodyIsShutOutWhole() {
    int accepted = 0;
    int lastDay = 0;
    int minutes = 7 * 24 * 60;
    for (int minute = 0; minute < minutes; minute++) {
      for (int i = 0; i < 20; i++) {
        int taken = bench.ask(set(minute + "/" + i, DIM, HALF)).accepted().size();
        accepted += taken;
        lastDay += minute >= minutes - 24 * 60 ? taken : 0;
      }
      bench.pass(Duration.ofMinutes(1));
    }
    assertThat(2 * accepted).isLessThanOrEqualTo(100_000);
    assertThat(lastDay).isBetween(Ledger.A_DAY - 20, Ledger.A_DAY + 20);
  }

  @Test
  void anIdThatTheJournalKnowsIsAnsweredAndMovesNothing() {
    var command = set("1", DIM, HALF);
    bench.ask(command);
    var again = Desk.ruling();
    var earlier = new Known("1", command.fingerprint(), null, new Outcome.Done(HALF));
    bench.desk.recalled(bench.memory, earlier, bench.now, again);
    bench.desk.committed(bench.memory, "1", bench.now, again);
    assertThat(again.moves()).isEmpty();
    assertThat(again.results()).isEmpty();
    assertThat(again.repeated())
        .singleElement()
        .satisfies(told -> assertThat(told.outcome()).isEqualTo(earlier.outcome()));
  }

  /** What an earlier process refused is kept without its content. */
  @Test
  void aRefusedIdIsAnsweredAfterARestartToo() {
    var refused = new Known("1", "", null, new Outcome.Rejected("unknown-point"));
    bench.memory = bench.desk.start(List.of(refused), bench.now, Desk.ruling());
    assertThat(bench.ask(set("1", DIM, HALF)).repeated().getFirst().outcome())
        .isEqualTo(new Outcome.Rejected("unknown-point"));
  }

  @Test
  void aLeaseThatDoesNotShowAfterARestartEnds() {
    bench.asked(bench.command("1", DIM, HALF, Issuer.CITY, Duration.ofMinutes(10)));
    assertThat(bench.restarts().moves()).extracting(Move::point).doesNotContain(bench.point(DIM));
    assertThat(holder()).isEqualTo(Issuer.CITY);
    bench.shows(DIM, 1);
    assertThat(Bench.told(bench.passes(Bench.VERIFY)))
        .containsExactly("lease-lost lamp-5/dim city had 0.5, after the restart it shows 1.0");
    assertThat(bench.owner(DIM)).isNull();
  }

  /** It was taken for the lease's that what another had moved did not show. */
  @Test
  void aLeaseGoesOnWhileWhatAnotherMovedDoesNotShow() {
    bench.asked(bench.command("1", DIM, HALF, Issuer.CITY, Duration.ofMinutes(10)));
    bench.restarts();
    bench.order(DIM, FULL, Issuer.SAFETY, "fog");
    bench.shows(DIM, HALF);
    var later = bench.passes(Bench.VERIFY);
    assertThat(Bench.told(later)).isEmpty();
    assertThat(later.moves()).as("tried again").containsExactly(bench.move(DIM, FULL));
    bench.order(DIM, null, Issuer.SAFETY, "fog");
    assertThat(holder()).isEqualTo(Issuer.CITY);
  }

  @Test
  void whatNothingIsWiredToIsNotAllowed() {
    assertThat(outcome(bench.ask(set("1", "lamp-6/dim", HALF))))
        .isEqualTo(new Outcome.Rejected("not-allowed"));
  }

  @Test
  void aRadioThatListensSeldomHasTheTimeThatItsAssetSays() {
    var slow = new Bench(Map.of("verify", new Value.Num(1_200)));
    slow.set("1", "zone-1/valve", Bench.FULL);
    assertThat(slow.passes(Duration.ofSeconds(1_199)).results()).isEmpty();
    assertThat(outcome(slow.passes(Duration.ofSeconds(1))))
        .isEqualTo(new Outcome.Failed("not observed"));
  }

  @Test
  void aRepeatedIdIsAnsweredHoweverManyCome() {
    bench.set("1", DIM, HALF);
    bench.shows(DIM, HALF);
    for (int i = 0; i < 100_000; i++) {
      var again = bench.ask(set("1", DIM, HALF));
      assertThat(again.repeated().getFirst().outcome()).isEqualTo(new Outcome.Done(HALF));
      assertThat(again.moves()).isEmpty();
    }
  }

  @Test
  void aMoveThatItsDriverRefusedIsTriedAgainUntilItIsMade() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    bench.desk.undone(bench.memory, bench.point(DIM), "no answer", bench.now);
    assertThat(bench.tick().moves()).as("not at once").isEmpty();

    assertThat(bench.passes(Desk.RETRY).moves()).containsExactly(bench.move(DIM, FULL));
    assertThat(bench.passes(Desk.RETRY).moves()).as("made").isEmpty();
  }

  @Test
  void aMasterOpensBeforeItsZoneAndShutsWithTheLast() {
    assertThat(bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip").moves())
        .containsExactly(bench.move(MASTER, FULL), bench.move(ZONE, FULL));
    bench.passes(Duration.ofSeconds(2));

    assertThat(bench.order(ZONE, SHUT, Issuer.PROGRAMME, "drip").moves())
        .contains(bench.move(MASTER, SHUT));
  }

  @Test
  void whatIsSafeIsDoneAtTheStart() {
    var ruling = Desk.ruling();
    bench.desk.start(List.of(), bench.now, ruling);

    assertThat(ruling.moves())
        .containsExactlyInAnyOrder(
            bench.move(MASTER, SHUT),
            bench.move(ZONE, SHUT),
            bench.move("zone-2/valve", SHUT),
            bench.move("dust-1/spray", Value.Flag.FALSE));
  }

  @Test
  void whatIsSafeIsDoneAtTheStopAndNothingMore() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    bench.set("1", DIM, HALF);
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    var stop = Desk.ruling();
    bench.desk.rest(bench.memory, point -> false, bench.now, stop);

    assertThat(stop.moves())
        .containsExactlyInAnyOrder(
            bench.move(MASTER, SHUT), bench.move(ZONE, SHUT), bench.move(DIM, FULL));
    assertThat(bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip").moves()).isEmpty();
    assertThat(bench.ask(set("2", DIM, HALF)).accepted()).isEmpty();
    assertThat(bench.memory.wake()).isNull();
  }

  /** As over a reload that changes nothing of its bus. */
  @Test
  void whatAnotherDeskTakesOverIsNotMovedAndItsLeaseEndsInItsTime() {
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    bench.set("1", DIM, HALF);
    bench.passes(Duration.ofMinutes(5));

    assertThat(bench.takesOver(Map.of(), List.of(drip(bench))).moves()).isEmpty();
    assertThat(bench.owner(DIM)).extracting("value").isEqualTo(HALF);
    assertThat(bench.owner(ZONE)).extracting("by").isEqualTo("drip");
    assertThat(bench.set("2", ZONE, SHUT).moves()).contains(bench.move(ZONE, SHUT));
  }

  @Test
  void whatNobodyWantsAnyMoreIsShutByWhoTakesOver() {
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    bench.passes(Duration.ofMinutes(5));

    assertThat(bench.takesOver(Map.of(), List.of()).moves())
        .containsExactly(bench.move(MASTER, SHUT), bench.move(ZONE, SHUT));
  }

  @Test
  void whatIsTakenOverRunsNoLongerForIt() {
    var garden = new Bench(Map.of("max-run", new Value.Num(300)));
    garden.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    garden.passes(Duration.ofMinutes(4));
    garden.takesOver(Map.of(), List.of(drip(garden)));

    assertThat(garden.passes(Duration.ofSeconds(59)).moves()).isEmpty();
    assertThat(garden.passes(Duration.ofSeconds(1)).moves()).contains(garden.move(ZONE, SHUT));
  }

  @Test
  void whoTakesOverGoesByWhatWasSeenLast() {
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");
    bench.passes(Duration.ofMinutes(5));

    assertThat(bench.takesOver(Map.of("master-1/temperature", 1.0), List.of(drip(bench))).moves())
        .contains(bench.move(ZONE, SHUT));
    assertThat(bench.owner(ZONE)).extracting("by").isEqualTo("frost-lock");
  }

  private static Order drip(Bench bench) {
    return new Order(bench.point(ZONE), FULL, Issuer.PROGRAMME, "drip");
  }

  @Test
  void aCommandThatACrashCutOffIsDoneWhenItShowsAndElseInterrupted() {
    var cut = new Known("1", "f", set("1", DIM, HALF), null);
    var ruling = Desk.ruling();
    bench.memory = bench.desk.start(List.of(cut), bench.now, ruling);
    assertThat(ruling.moves()).as("never moved blind").doesNotContain(bench.move(DIM, HALF));
    assertThat(outcome(bench.shows(DIM, HALF))).isEqualTo(new Outcome.Done(HALF));

    bench.memory = bench.desk.start(List.of(cut), bench.now, Desk.ruling());
    assertThat(bench.shows(DIM, FULL).results()).isEmpty();
    assertThat(outcome(bench.passes(Desk.READ_BACK))).isEqualTo(new Outcome.Failed("interrupted"));
  }

  @Test
  void whatACrashCutOffAndNobodyCanReadBackIsInterrupted() {
    var ruling = Desk.ruling();
    var gone = new Known("1", "f", set("1", "lamp-9/dim", HALF), null);
    bench.desk.start(List.of(gone), bench.now, ruling);

    assertThat(outcome(ruling)).isEqualTo(new Outcome.Failed("interrupted"));
  }

  @Test
  void aCommandThatCannotBeKeptMovesNothingAndMayComeAgain() {
    bench.ask(set("1", DIM, HALF));
    var refused = Desk.ruling();
    bench.desk.refused(bench.memory, "1", bench.now, refused);

    assertThat(refused.repeated().getFirst().outcome()).isEqualTo(new Outcome.Rejected("storage"));
    assertThat(bench.committed("1").moves()).isEmpty();
    assertThat(bench.ask(set("1", DIM, HALF)).accepted()).hasSize(1);
  }

  private @Nullable Issuer holder() {
    var owner = bench.owner(DIM);
    return owner == null ? null : owner.issuer();
  }

  private Command set(String id, String point, Value value) {
    return bench.command(id, point, value, Issuer.CITY, null);
  }

  private static Command command(
      String id, String point, Value value, @Nullable Instant expires, @Nullable Duration lease) {
    return new Command(
        id, "set", point, value, Issuer.CITY, "city", NOON, expires, lease, point + value);
  }
}
