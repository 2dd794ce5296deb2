package org.kerbside.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.desk.Bench.FULL;
import static org.kerbside.gateway.desk.Bench.HALF;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Move;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;

/**
 * A process that dies between any two steps of two commands, and comes back any number of times:
 * each command moves its lamp at most once and ends in exactly one outcome, however often it is
 * sent.
 */
class CrashTest {

  private static final String DIM = "lamp-5/dim";

  private final Bench bench = new Bench();
  private final List<Move> moves = new ArrayList<>();

  // The journal, as far as it was committed; and what a batch has that is not.
  private final Map<String, Known> kept = new LinkedHashMap<>();
  private final List<Command> accepted = new ArrayList<>();
  private final List<Event.Result> results = new ArrayList<>();
  private final Map<String, List<Outcome>> ended = new LinkedHashMap<>();
  private @Nullable Value lamp; // what it does

  /** A step of the way; between any two of them the process may die. */
  private enum Step {
    ASK_ONE,
    COMMIT_ONE,
    RUN_ONE,
    ASK_TWO,
    COMMIT_TWO,
    RUN_TWO,
    SHOW,
    COMMIT_RESULT
  }

  static Stream<List<Integer>> deaths() {
    int steps = Step.values().length;
    return IntStream.rangeClosed(0, steps)
        .boxed()
        .flatMap(one -> IntStream.rangeClosed(0, steps).mapToObj(two -> List.of(one, two)));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void aCommandMovesAtMostOnceAndEndsOnce(List<Integer> deaths) {
    for (int death : deaths) {
      for (int step = 0; step < death; step++) {
        go(Step.values()[step]);
      }
      die();
    }
    for (var step : Step.values()) {
      go(step);
    }
    hear(bench.passes(Duration.ofMinutes(2)));
    go(Step.COMMIT_RESULT);
    go(Step.COMMIT_ONE);
    go(Step.COMMIT_TWO);

    assertThat(moves).filteredOn(bench.move(DIM, HALF)::equals).hasSizeLessThanOrEqualTo(1);
    assertThat(moves).filteredOn(bench.move(DIM, FULL)::equals).hasSizeLessThanOrEqualTo(1);
    assertThat(ended.keySet()).containsExactlyInAnyOrder("1", "2");
    assertThat(ended.values()).allSatisfy(outcomes -> assertThat(outcomes).hasSize(1));
  }

  private void go(Step step) {
    switch (step) {
      case ASK_ONE -> hear(bench.ask(command("1", HALF)));
      case ASK_TWO -> hear(bench.ask(command("2", FULL)));
      case COMMIT_ONE, COMMIT_TWO, COMMIT_RESULT -> commit();
      case RUN_ONE -> hear(bench.committed("1"));
      case RUN_TWO -> hear(bench.committed("2"));
      case SHOW -> {
        if (lamp != null) {
          hear(bench.shows(DIM, lamp));
        }
      }
    }
  }

  private void hear(Ruling ruling) {
    for (var move : ruling.moves()) {
      moves.add(move);
      lamp = move.point().equals(bench.point(DIM)) ? move.value() : lamp;
    }
    accepted.addAll(ruling.accepted());
    results.addAll(ruling.results());
  }

  /** What is decided becomes durable; an outcome is told only then. */
  private void commit() {
    for (var command : accepted) {
      kept.put(command.id(), new Known(command.id(), command.fingerprint(), command, null));
    }
    for (var result : results) {
      var known = kept.get(result.command());
      var fingerprint = known == null ? "" : known.fingerprint();
      kept.put(result.command(), new Known(result.command(), fingerprint, null, result.outcome()));
      ended.computeIfAbsent(result.command(), id -> new ArrayList<>()).add(result.outcome());
    }
    accepted.clear();
    results.clear();
  }

  private void die() {
    accepted.clear();
    results.clear();
    bench.pass(Duration.ofSeconds(1));
    var ruling = Desk.ruling();
    bench.memory = bench.desk.start(List.copyOf(kept.values()), bench.now, ruling);
    hear(ruling);
  }

  private Command command(String id, Value value) {
    return bench.command(id, DIM, value, Issuer.CITY, null);
  }
}
