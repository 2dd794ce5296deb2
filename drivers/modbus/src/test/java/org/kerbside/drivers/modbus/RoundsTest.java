package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.gateway.model.Reason;

/** Thirty devices on one RTU bus, on virtual time: what a dead one costs the others. */
class RoundsTest {

  private static final int DEVICES = 30;
  private static final int DEAD = 14;
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final long EXCHANGE = 40_000_000; // nanoseconds; some twenty bytes at 9600

  private final Set<Integer> dead = new HashSet<>();
  private final Map<Integer, List<Long>> asked = new HashMap<>(); // unit → when
  private final Map<Integer, List<Long>> heard = new HashMap<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Errands errands = new Errands();
  private final List<Turn> turns = new ArrayList<>();
  private final Rounds rounds;
  private long now;

  private final Wire wire =
      new Wire() {
        @Override
        public Answer ask(int unit, Request request, Duration patience) {
          times(asked, unit).add(now);
          if (dead.contains(unit)) {
            now += patience.toNanos();
            return new Answer.Nothing(Reason.TIME_OUT);
          }
          now += EXCHANGE;
          times(heard, unit).add(now);
          return request instanceof Request.Read read
              ? Answer.of(read, new byte[] {3, 2, 0, 42})
              : new Answer.Done();
        }

        @Override
        public void close() {}
      };

  RoundsTest() {
    var profile =
        Written.good(
            """
            profile: p
            driver: modbus
            read: { function: 3 }
            points: { p0: { at: 0, type: u16, unit: "/", write: { function: 6 } } }
            test: { recv: "01 03 02 00 2A 39 9B", expect: { p0: 42 } }
            """);
    for (int unit = 1; unit <= DEVICES; unit++) {
      turns.add(new Turn(new Talk("" + unit, unit, profile), EVERY, 2, 0));
    }
    rounds = new Rounds(turns, errands, inlet(), () -> now, TIMEOUT);
  }

  @Test
  void aDeadOneMovesTheOthersByOneTimeOutAtMostAndThenByLessThanATenth() throws Exception {
    run(Duration.ofMinutes(1));
    assertThat(longest(heard.values())).isEqualTo(EVERY.toNanos());
    dead.add(DEAD);
    long died = now;
    run(Duration.ofMinutes(10));
    heard.remove(DEAD);
    assertThat(longest(heard.values())).isLessThanOrEqualTo(EVERY.plus(TIMEOUT).toNanos());
    // One that answers not, three tries, then one a poll, then pauses to 60 s.
    long settled = died + Duration.ofMinutes(3).toNanos();
    heard.values().forEach(times -> times.removeIf(time -> time < settled));
    assertThat(mean(heard.values())).isBetween(0.99 * EVERY.toNanos(), 1.01 * EVERY.toNanos());
    assertThat(longest(heard.values())).isLessThan((long) (1.1 * EVERY.toNanos()) + 1);
  }

  @Test
  void whoFailsIsTriedThreeTimesThenOnceAPollThenEverLessOften() throws Exception {
    dead.add(DEAD);
    run(Duration.ofMinutes(6));
    var seconds = times(asked, DEAD).stream().map(time -> time / 1_000_000_000).toList();
    // Three tries, each behind who is due; once a poll of 3 s; after three failed polls pauses of
    // 2,
    // 4 … 60 s, but none shorter than its own pace.
    assertThat(seconds)
        .containsExactly(0L, 1L, 1L, 3L, 6L, 9L, 13L, 21L, 37L, 69L, 129L, 189L, 249L, 309L);
    assertThat(bad(DEAD)).isEqualTo(seconds.size() - 2);
  }

  @Test
  void whoComesBackIsAskedAtItsOwnPaceAgain() throws Exception {
    dead.add(DEAD);
    run(Duration.ofMinutes(5));
    dead.clear();
    run(Duration.ofMinutes(1));
    times(heard, DEAD).clear();
    run(Duration.ofMinutes(1));
    assertThat(times(heard, DEAD)).hasSize(20);
  }

  /** A gateway that was there before the field had power. */
  @Test
  void whenOneIsHeardOnABusThatWasDeadAllAreAskedAgainAtOnce() throws Exception {
    for (int unit = 1; unit <= DEVICES; unit++) {
      dead.add(unit);
    }
    run(Duration.ofMinutes(20));
    dead.clear();
    run(Duration.ofMinutes(1)); // the longest pause
    long first = heard.values().stream().mapToLong(List::getFirst).min().orElseThrow();
    assertThat(heard).hasSize(DEVICES);
    assertThat(heard.values())
        .allMatch(times -> times.getFirst() <= first + DEVICES * EXCHANGE, "in one round");
  }

  @Test
  void whoIsDeadOnALivingBusIsNotAskedMoreForThat() throws Exception {
    dead.addAll(Set.of(DEAD, DEAD + 1));
    run(Duration.ofMinutes(20));
    int before = times(asked, DEAD).size();
    dead.remove(DEAD + 1);
    run(Duration.ofMinutes(10));
    assertThat(times(asked, DEAD)).hasSize(before + 10);
  }

  /** A soil probe is asked every five minutes; its bus's fuse is in again after one. */
  @Test
  void whoIsAskedSeldomIsTriedOnceAMinuteWhileItIsSilent() throws Exception {
    var slow = List.of(new Turn(turns.getFirst().talk(), Duration.ofMinutes(5), 2, 0));
    var lonely = new Rounds(slow, errands, inlet(), () -> now, TIMEOUT);
    dead.add(1);
    run(lonely, Duration.ofMinutes(3).plusSeconds(30));
    assertThat(times(asked, 1)).hasSize(3 + 3);
    dead.clear();
    run(lonely, Duration.ofMinutes(30));
    assertThat(times(heard, 1)).as("its own pace again").hasSize(6);
  }

  /** Silent first, as a hub that dies is; then the port is gone; then it is back. */
  @Test
  void whenAPortComesBackAndNobodyWasHeardBeforeAllAreDue() throws Exception {
    for (int unit = 1; unit <= DEVICES; unit++) {
      dead.add(unit);
    }
    run(Duration.ofMinutes(20));
    rounds.lost();
    now += Duration.ofMillis(100).toNanos();
    dead.clear();
    rounds.begin();
    run(Duration.ofNanos(DEVICES * EXCHANGE));
    assertThat(heard).hasSize(DEVICES);
  }

  /** A gateway of others that hangs up on each time-out. */
  @Test
  void aConnectionThatBreaksForADeadOneDoesNotBringItsNextTryForward() throws Exception {
    dead.add(DEAD);
    run(Duration.ofMinutes(20));
    int before = times(asked, DEAD).size();
    rounds.lost();
    rounds.begin();
    run(Duration.ofSeconds(5));
    assertThat(times(asked, DEAD).size()).isLessThanOrEqualTo(before + 1);
  }

  /** Twice as much to ask as there is time: everybody gets the same share. */
  @Test
  void onABusThatIsTooBusyNobodyStarves() throws Exception {
    dead.addAll(Set.of(3, 9, 21));
    var busy = new ArrayList<Turn>();
    turns.forEach(turn -> busy.add(new Turn(turn.talk(), Duration.ofMillis(600), 2, 0)));
    var overloaded = new Rounds(busy, errands, inlet(), () -> now, TIMEOUT);
    run(overloaded, Duration.ofMinutes(5));
    var counts = heard.values().stream().map(List::size).sorted().toList();
    assertThat(counts).hasSize(DEVICES - 3);
    assertThat(counts.getLast() - counts.getFirst()).isLessThanOrEqualTo(1);
  }

  @Test
  void whileTheLineIsGoneEveryPollIsOneWithoutAnswerAndThenAllAreDue() throws Exception {
    run(Duration.ofSeconds(11));
    deliveries.clear();
    for (int second = 0; second < 8; second++) {
      now += 1_000_000_000;
      rounds.lost();
    }
    assertThat(deliveries).hasSize(3 * DEVICES);
    assertThat(bad(DEAD)).isEqualTo(3);
    deliveries.clear();
    rounds.begin();
    run(Duration.ofMillis(1_200));
    assertThat(deliveries).hasSize(DEVICES).allMatch(d -> d.samples().getFirst().value() != null);
  }

  /** Else a slow device would be silent to people while its polls are answered. */
  @Test
  void whoLooksWaitsAsLongAsTheDeviceNeeds() throws Exception {
    dead.add(DEAD);
    assertThat(spentOn(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(spentOn(Duration.ofMillis(50))).isEqualTo(TIMEOUT);
    assertThat(spentOn(null)).isEqualTo(TIMEOUT);
  }

  private Duration spentOn(@Nullable Duration timeout) throws Exception {
    var nobody = new Rounds(List.of(), errands, inlet(), () -> now, TIMEOUT);
    var read = new Request.Read(Table.HOLDING, 0, 1);
    errands.offer(new Errands.Question(DEAD, read, timeout, new CompletableFuture<>()));
    long before = now;
    nobody.turn(wire);
    return Duration.ofNanos(now - before);
  }

  @Test
  void anOrderGoesFirstAndWhatCameOfItIsReadAtOnce() throws Exception {
    run(Duration.ofSeconds(4));
    asked.clear();
    errands.put(new Errands.Order("5", "p0", new Request.WriteOne(6, 0, 1)));
    rounds.turn(wire);
    rounds.turn(wire);
    assertThat(asked).containsOnlyKeys(5);
    assertThat(asked.get(5)).hasSize(2);
  }

  private static List<Long> times(Map<Integer, List<Long>> of, int unit) {
    return of.computeIfAbsent(unit, _ -> new ArrayList<>());
  }

  private long bad(int unit) {
    return deliveries.stream()
        .filter(d -> d.device().equals("" + unit))
        .filter(d -> d.samples().getFirst().value() == null)
        .count();
  }

  private void run(Duration span) throws Exception {
    run(rounds, span);
  }

  private void run(Rounds of, Duration span) throws Exception {
    long end = now + span.toNanos();
    while (now < end) {
      long idle = of.turn(wire).toNanos(); // first: time passes in it
      now += idle;
    }
  }

  private static long longest(Iterable<List<Long>> all) {
    long longest = 0;
    for (var times : all) {
      for (int i = 1; i < times.size(); i++) {
        longest = Math.max(longest, times.get(i) - times.get(i - 1));
      }
    }
    return longest;
  }

  private static double mean(Iterable<List<Long>> all) {
    double sum = 0;
    int count = 0;
    for (var times : all) {
      sum += times.getLast() - times.getFirst();
      count += times.size() - 1;
    }
    return sum / count;
  }

  private Inlet inlet() {
    return new Inlet() {
      @Override
      public boolean offer(Delivery delivery) {
        return deliveries.add(delivery);
      }

      @Override
      public void put(Delivery delivery) {
        deliveries.add(delivery);
      }

      @Override
      public void report(String what, String device, String problem) {}
    };
  }
}
