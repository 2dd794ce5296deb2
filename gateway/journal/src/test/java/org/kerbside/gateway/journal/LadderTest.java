package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire.Line;

/** Law 6: at the quota old telemetry is thinned, then aggregated, then dropped, and told of. */
class LadderTest {

  private static final List<Fault.Step> STEPS = List.of(Fault.Step.values());
  private static final String COUNTER = "a-1/p8";

  @TempDir Path disk;
  private Path folder;
  private Bench bench;
  private final City city = new City();
  private final Map<String, List<Line>> told = new HashMap<>();
  private final Random chance = new Random(1);

  /** In memory where there is such a place: a day of commits need not wait for a disk. */
  @BeforeEach
  void find() throws Exception {
    var memory = Path.of("/dev/shm");
    folder = Files.isWritable(memory) ? Files.createTempDirectory(memory, "ladder-") : disk;
    bench = new Bench(folder);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    try (var files = Files.walk(folder)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(java.io.File::delete);
    }
  }

  private void open(long quota) throws Exception {
    bench.close();
    bench = new Bench(folder, new PlainWire(), new Quota(quota, Set.of(COUNTER)), new HandClock());
  }

  /** Numbers wander on eight points, a ninth counts, a tenth is a flag that seldom turns. */
  private void commit(int readings) {
    var some = new ArrayList<Reading>();
    for (int i = 0; i < readings; i++) {
      int index = chance.nextInt(10);
      var type = index == 8 ? PointType.COUNTER : index == 9 ? PointType.FLAG : PointType.NUM;
      var at = bench.clock.now();
      var value = value(type);
      some.add(Reading.good(Bench.point(index, type), value, at, Reading.Timing.SOURCE));
      var line = new Line("a-1/p" + index, "", at.wall(), value, null, 1);
      told.computeIfAbsent(line.point(), _ -> new ArrayList<>()).add(line);
      bench.clock.pass(Duration.ofMillis(100));
    }
    var commit = bench.journal.commit(bench.entry(some, List.of(), List.of(), List.of()));
    assertThat(commit).isInstanceOf(Commit.Kept.class);
  }

  private double total = 1000;
  private boolean flag;

  private Value value(PointType type) {
    return switch (type) {
      case COUNTER -> new Value.Num(total += 0.25);
      case FLAG -> Value.Flag.of(flag ^= chance.nextInt(100) == 0);
      case NUM, STATE -> new Value.Num(Math.rint(chance.nextGaussian() * 100) / 4);
    };
  }

  /** A day at 10 readings/s without the city, against 4 MB; then the city is back. */
  @Test
  void keepsADayInFourMegabytesAndExplainsWhatItThinned() throws Exception {
    open(4_000_000);
    for (int i = 0; i < 24 * 60 * 60 / 10; i++) {
      commit(100);
      if (i % 6 == 0) {
        bench.journal.free(Duration.ZERO);
      }
    }
    assertThat(bench.journal.written().file()).isLessThanOrEqualTo(4_000_000);
    bench.reopen();
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    assertThat(instead()).containsExactly("MINUTE");
    assertThat(city.gaps()).hasSizeLessThan(2_000);
    assertMeaningSurvived();
  }

  @Test
  void keepsHoursWhereMinutesDoNotFit() throws Exception {
    open(1_000_000);
    for (int i = 0; i < 2_500; i++) {
      commit(60);
      bench.clock.pass(Duration.ofSeconds(30));
    }
    assertThat(bench.journal.written().file()).isLessThanOrEqualTo(1_000_000);
    bench.reopen();
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    assertThat(instead()).containsExactly("HOUR", "MINUTE");
    assertMeaningSurvived();
  }

  private Set<String> instead() {
    return city.gaps().stream()
        .map(City.Gap::instead)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void assertMeaningSurvived() {
    var came = city.linesByPoint();
    assertThat(came.keySet()).isEqualTo(told.keySet());
    for (var point : told.keySet()) {
      var all = Objects.requireNonNull(told.get(point));
      var left = Objects.requireNonNull(came.get(point));
      switch (point) {
        case COUNTER -> assertThat(lastsOfHours(left)).isEqualTo(lastsOfHours(all));
        case "a-1/p9" -> assertThat(changes(left)).isEqualTo(changes(all));
        default -> assertThat(extremesOfHours(left)).isEqualTo(extremesOfHours(all));
      }
    }
  }

  private static Map<Long, Double> lastsOfHours(List<Line> lines) {
    var lasts = new HashMap<Long, Double>();
    lines.forEach(line -> lasts.put(hour(line), number(line)));
    return lasts;
  }

  private static Map<Long, List<Double>> extremesOfHours(List<Line> lines) {
    var extremes = new HashMap<Long, List<Double>>();
    for (var line : lines) {
      extremes.merge(
          hour(line),
          List.of(number(line), number(line)),
          (a, b) ->
              List.of(Math.min(a.getFirst(), b.getFirst()), Math.max(a.getLast(), b.getLast())));
    }
    return extremes;
  }

  /** The times at which it turned. */
  private static List<Line> changes(List<Line> lines) {
    var changes = new ArrayList<Line>();
    for (var line : lines) {
      if (changes.isEmpty() || !Objects.equals(changes.getLast().value(), line.value())) {
        changes.add(line);
      }
    }
    return changes;
  }

  private static long hour(Line line) {
    return line.at().getEpochSecond() / 3600;
  }

  private static double number(Line line) {
    return line.value() instanceof Value.Num(var number) ? number : Double.NaN;
  }

  /** Decision 40: what the link may not carry gives way to its hours, though there is room. */
  @Test
  void sparesTheLinkByHours() throws Exception {
    open(512_000_000);
    commit(20);
    var sent = city.take(bench.journal, READINGS, 1, 1);
    for (int i = 0; i < 600; i++) {
      commit(30);
      bench.clock.pass(Duration.ofSeconds(3));
    }
    bench.journal.giveWay();
    assertThat(bench.journal.spared()).as("nobody asked").isZero();

    bench.journal.spare(bench.journal.last(READINGS));
    commit(30); // is of the next hour
    long before = bench.journal.waiting(READINGS);
    bench.journal.giveWay();
    assertThat(bench.journal.spared()).isEqualTo(601);
    assertThat(bench.journal.lost()).containsOnlyKeys("budget");
    assertThat(bench.journal.lost().get("budget")).isEqualTo(new Lost(2, 18_000));
    assertThat(bench.journal.waiting(READINGS)).isLessThan(before / 40);
    bench.reopen();
    assertThat(city.take(bench.journal, READINGS, 1, 1)).isEqualTo(sent);
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    assertThat(instead()).containsExactly("HOUR");
    assertThat(city.gaps()).extracting(City.Gap::reason).containsOnly("budget");
    assertMeaningSurvived();
  }

  /** What is spared and then too much all the same is not thinned to minutes that it has not. */
  @Test
  void goesDownFromHoursWhereTheQuotaComesToo() throws Exception {
    open(150_000);
    for (int i = 0; i < 2_500; i++) {
      commit(50);
      bench.clock.pass(Duration.ofMinutes(2));
      if (i % 30 == 0) {
        city.drain(bench.journal, EVENTS);
        bench.journal.spare(bench.journal.last(READINGS));
        bench.journal.giveWay();
      }
    }
    assertThat(bench.journal.written().file()).isLessThanOrEqualTo(150_000);
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    assertThat(instead()).contains("HOUR", "NOTHING");
  }

  @Test
  void dropsTheOldestHoursOnlyWhenNothingElseIsLeft() throws Exception {
    open(150_000);
    for (int i = 0; i < 2_500; i++) {
      commit(50);
      bench.clock.pass(Duration.ofMinutes(2));
      if (i % 100 == 0) {
        city.drain(bench.journal, EVENTS);
        bench.journal.free(Duration.ZERO);
      }
    }
    assertThat(bench.journal.written().file()).isLessThanOrEqualTo(150_000);
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    assertThat(instead()).containsExactly("HOUR", "MINUTE", "NOTHING");
  }

  /** Sent and not acknowledged, or handed out before a crash: not a byte of them changes. */
  @Test
  void changesNothingThatMayHaveBeenSent() throws Exception {
    open(400_000);
    for (int i = 0; i < 60; i++) {
      commit(20);
    }
    var sent = city.take(bench.journal, READINGS, 10, 20);
    assertThat(sent).hasSize(20);
    for (int i = 0; i < 600; i++) {
      commit(50);
    }
    assertThat(city.gaps()).isEmpty();
    assertThat(city.take(bench.journal, READINGS, sent.getFirst(), 20)).isEqualTo(sent);
    bench.reopen();
    for (int i = 0; i < 600; i++) {
      commit(50);
    }
    assertThat(city.take(bench.journal, READINGS, sent.getFirst(), 20)).isEqualTo(sent);
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    assertThat(city.thinned()).isPositive();
  }

  /** As with {@code ack: platform}: the broker's word frees nothing, and is no reason to thin. */
  @Test
  void whatWasSentAndNeverConfirmedGoesLastAndWithAGap() throws Exception {
    open(150_000);
    for (int i = 0; i < 60; i++) {
      commit(20);
    }
    var sent = city.take(bench.journal, READINGS, 1, 60);
    for (int i = 0; i < 1_500; i++) {
      commit(50);
      bench.clock.pass(Duration.ofMinutes(2));
      if (i % 100 == 0) {
        city.drain(bench.journal, EVENTS);
        bench.journal.free(Duration.ZERO);
      }
    }
    city.drain(bench.journal, EVENTS);
    assertThat(instead()).as("others went before them").contains("NOTHING");
    for (long seq : sent) {
      var kept = Objects.requireNonNull(bench.journal.kept(READINGS, seq, seq, 1));
      boolean isTold =
          city.gaps().stream()
              .anyMatch(
                  gap -> gap.instead().equals("NOTHING") && gap.from() <= seq && seq <= gap.to());
      assertThat(kept.isEmpty()).as("frame %d has gone, and a gap says so", seq).isEqualTo(isTold);
    }
    // Each of them that is left has not changed by a byte.
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
  }

  /** Killed while frames are under way: the mark beside the file says so, and all stay whole. */
  @Test
  void leavesAllAsTheyAreAfterACrashInTheMidstOfSending() throws Exception {
    open(400_000);
    for (int i = 0; i < 60; i++) {
      commit(20);
    }
    city.take(bench.journal, READINGS, 1, 60);
    var copy = Files.createDirectories(disk.resolve("crashed"));
    for (var name : List.of("journal.db", "journal.db-wal", "journal.sending")) {
      assertThat(
              new ProcessBuilder("cp", folder.resolve(name).toString(), copy.toString())
                  .start()
                  .waitFor())
          .isZero();
    }
    bench.close();
    bench = new Bench(copy, new PlainWire(), bench.quota, bench.clock);
    for (int i = 0; i < 600; i++) {
      commit(50);
    }
    assertThat(city.take(bench.journal, READINGS, 1, 60)).hasSize(60);
  }

  @Test
  void keepsEveryEvent() throws Exception {
    open(200_000);
    for (int i = 0; i < 800; i++) {
      commit(20);
      bench.events("event-" + i + ".");
    }
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    for (int i = 0; i < 800; i++) {
      assertThat(city.sawEvent("event-" + i + ".")).as("event %d", i).isTrue();
    }
  }

  /**
   * The first commit of each call fails, and that is the step's where there is one: before it
   * reached the disk, or after. Both are told once.
   */
  @Test
  void tellsOfAStepOnceWhateverFails() throws Exception {
    open(200_000);
    for (int i = 0; i < 900; i++) {
      failOnce(STEPS.get(i % 3));
      bench.journal.commit(bench.entry(bench.some(20), List.of(), List.of(), List.of()));
      bench.journal.failAt(Fault.NONE);
      bench.readings(20);
      bench.clock.pass(Duration.ofSeconds(2));
    }
    assertThat(bench.journal.last(EVENTS)).isPositive();
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    assertThat(city.gaps()).isNotEmpty().doesNotHaveDuplicates();
    bench.reopen();
    assertThat(bench.journal.waiting(READINGS)).isZero();
    assertThat(bench.journal.waiting(EVENTS)).isZero();
  }

  private void failOnce(Fault.Step at) {
    var failing = new AtomicBoolean(true);
    bench.journal.failAt(
        step -> {
          if (step == at && failing.getAndSet(false)) {
            throw new SQLException("planted");
          }
        });
  }

  /** The property, over chance: commits, sending, acknowledgements, restarts, failing disks. */
  @Test
  void leavesNoUnexplainedHoleWhateverHappens() throws Exception {
    for (int seed = 0; seed < 12; seed++) {
      run(seed);
    }
  }

  private void run(int seed) throws Exception {
    var random = new Random(seed);
    var own = Files.createDirectories(folder.resolve("seed-" + seed));
    var town = new City();
    var quota = new Quota(60_000 + random.nextInt(300_000), Set.of(COUNTER));
    bench.close();
    bench = new Bench(own, new PlainWire(), quota, new HandClock());
    for (int i = 0; i < 700; i++) {
      switch (random.nextInt(40)) {
        case 0 -> bench.reopen();
        case 1 -> bench.journal.free(Duration.ofSeconds(random.nextInt(600)));
        case 2 -> bench.events("something");
        case 3 -> bench.clock.pass(Duration.ofMinutes(random.nextInt(90)));
        case 4, 5 -> {
          long from = 1 + random.nextLong(bench.journal.last(READINGS) + 1);
          var taken = town.take(bench.journal, READINGS, from, 1 + random.nextInt(30));
          taken.removeIf(_ -> random.nextInt(3) == 0);
          taken.forEach(seq -> bench.journal.acknowledge(READINGS, seq));
        }
        case 6 -> {
          int step = random.nextInt(3);
          bench.journal.failAt(
              at -> {
                if (at == STEPS.get(step)) {
                  throw new SQLException("planted");
                }
              });
          bench.journal.free(Duration.ZERO);
          bench.journal.commit(bench.entry(bench.some(5), List.of(), List.of(), List.of()));
          bench.journal.failAt(Fault.NONE);
        }
        default -> commit(1 + random.nextInt(60));
      }
    }
    town.drain(bench.journal);
    town.findsNoUnexplainedHole(bench.journal);
    assertThat(bench.journal.last(EVENTS)).as("seed %d", seed).isPositive();
  }
}
