package org.kerbside.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.desk.Bench.FULL;
import static org.kerbside.gateway.desk.Bench.HALF;
import static org.kerbside.gateway.desk.Bench.SHUT;
import static org.kerbside.gateway.desk.Bench.told;

import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Move;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;

/** How often an output moves, and whether it did. */
class MovesTest {

  private static final String DIM = "lamp-5/dim";
  private static final String ON = "lamp-5/on";
  private static final String ZONE = "zone-1/valve";

  private final Bench bench = new Bench();

  /** A rule that flutters ten times a second for two minutes: a relay is not worn by it. */
  @Test
  void anOutputIsSwitchedOnceInItsLeastTime() {
    var moves = new ArrayList<Move>();
    for (int i = 0; i < 1_200; i++) {
      var order = bench.order(ON, Value.Flag.of(i % 2 == 0), Issuer.RULES, "flutter");
      moves.addAll(order.moves());
      moves.addAll(bench.passes(Duration.ofMillis(100)).moves());
    }
    assertThat(moves).hasSizeBetween(10, 13);
    moves.addAll(bench.passes(Duration.ofSeconds(10)).moves());
    assertThat(moves.getLast())
        .as("the last order stands")
        .isEqualTo(bench.move(ON, Value.Flag.FALSE));
  }

  @Test
  void aLaterOrderWaitsForItsTime() {
    bench.order(ON, Value.Flag.TRUE, Issuer.RULES, "one");
    assertThat(bench.order(ON, Value.Flag.FALSE, Issuer.RULES, "two").moves()).isEmpty();
    assertThat(bench.passes(Duration.ofMillis(9_999)).moves()).isEmpty();

    assertThat(bench.passes(Duration.ofMillis(1)).moves())
        .containsExactly(bench.move(ON, Value.Flag.FALSE));
  }

  /** Its driver is lost: who owns it is shown with why it does not obey, until it does. */
  @Test
  void anOwnerIsShownWithWhyItIsNotObeyed() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    assertThat(trouble()).isNull();
    bench.desk.undone(bench.memory, bench.point(DIM), "no answer", bench.now);
    assertThat(trouble()).isEqualTo("no answer");
    bench.passes(Desk.RETRY);
    assertThat(trouble()).as("its driver took it").isNull();
    for (int tries = 0; tries < Proof.MOST_TRIES; tries++) {
      bench.shows(DIM, 0);
      bench.passes(Bench.VERIFY);
    }
    assertThat(trouble()).isEqualTo("it shows otherwise");
    bench.shows(DIM, 1);
    assertThat(trouble()).isNull();
  }

  private @Nullable String trouble() {
    var owner = bench.owner(DIM);
    return owner == null ? "no owner" : owner.trouble();
  }

  @Test
  void dimmingIsNoSwitching() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");

    assertThat(bench.order(DIM, HALF, Issuer.PROGRAMME, "evening").moves())
        .containsExactly(bench.move(DIM, HALF));
  }

  @Test
  void safetyShutsAtOnce() {
    bench.order(ZONE, FULL, Issuer.PROGRAMME, "drip");

    assertThat(bench.order(ZONE, SHUT, Issuer.SAFETY, "burst").moves())
        .contains(bench.move(ZONE, SHUT));
  }

  @Test
  void aCommandThatWaitsForItsTimeIsDoneAllTheSame() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    assertThat(bench.set("1", DIM, SHUT).moves()).isEmpty();
    assertThat(bench.passes(Duration.ofSeconds(10)).moves()).containsExactly(bench.move(DIM, SHUT));

    assertThat(Bench.outcome(bench.shows(DIM, SHUT))).isEqualTo(new Outcome.Done(SHUT));
  }

  @Test
  void anOrderThatDoesNotShowIsMadeThreeTimesAndToldOnce() {
    var moves = new ArrayList<Move>();
    var events = new ArrayList<String>();
    moves.addAll(bench.order(DIM, FULL, Issuer.PROGRAMME, "evening").moves());
    for (int minute = 0; minute < 60; minute++) {
      bench.shows(DIM, HALF);
      var ruling = bench.passes(Duration.ofMinutes(1));
      moves.addAll(ruling.moves());
      events.addAll(told(ruling));
    }
    assertThat(moves).hasSize(3).containsOnly(bench.move(DIM, FULL));
    assertThat(events)
        .containsExactly("not-observed lamp-5/dim ordered 1.0, shows 0.5 after 3 times");

    assertThat(told(bench.shows(DIM, FULL))).containsExactly("observed lamp-5/dim ");
    assertThat(told(bench.shows(DIM, FULL))).isEmpty();
  }

  @Test
  void whoSaysNothingIsSilentAndNotContradicting() {
    bench.shows(DIM, HALF);
    bench.pass(Duration.ofSeconds(1));
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    bench.falls(DIM);
    var ruling = bench.passes(Duration.ofHours(1));

    assertThat(ruling.moves()).isEmpty();
    assertThat(ruling.events()).isEmpty();
  }

  /**
   * After a power cut the gateway is up before its lamps: they are switched once they are there.
   */
  @Test
  void whoWasSilentWhenItWasMovedIsMovedOnceItIsBack() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    bench.pass(Duration.ofSeconds(3));
    bench.falls(DIM);
    bench.pass(Duration.ofSeconds(2));

    bench.shows(DIM, SHUT);
    var ruling = bench.tick();
    assertThat(ruling.moves()).containsExactly(bench.move(DIM, FULL));
    assertThat(told(ruling)).as("nothing to tell yet").isEmpty();
    bench.shows(DIM, FULL);
    assertThat(bench.passes(Duration.ofHours(1)).moves()).isEmpty();
  }

  /**
   * The programme's order was lost, and its lamp shows so: the city orders the same, and means it.
   */
  @Test
  void aCommandMovesWhatDoesNotShowWhatWasOrderedBefore() {
    bench.order(DIM, SHUT, Issuer.PROGRAMME, "day");
    bench.shows(DIM, FULL);

    assertThat(bench.set("1", DIM, SHUT).moves()).containsExactly(bench.move(DIM, SHUT));
    bench.shows(DIM, SHUT);
    assertThat(bench.set("2", DIM, SHUT).moves()).as("it does so").isEmpty();
  }

  /** A slow valve on its way contradicts nobody. */
  @Test
  void whatShowsInTimeIsMovedOnce() {
    bench.order(DIM, FULL, Issuer.PROGRAMME, "evening");
    for (int percent = 0; percent < 98; percent += 7) {
      assertThat(bench.shows(DIM, percent / 100.0).moves()).isEmpty();
      assertThat(bench.passes(Duration.ofSeconds(4)).moves()).isEmpty();
    }
    bench.shows(DIM, .99);

    assertThat(bench.passes(Duration.ofHours(1)).moves()).isEmpty();
  }

  /** A command moves its output at most once, whatever it shows. */
  @Test
  void aCommandIsNotRepeated() {
    bench.set("1", DIM, HALF);
    bench.shows(DIM, FULL);

    assertThat(bench.passes(Duration.ofMinutes(30)).moves()).isEmpty();
  }
}
