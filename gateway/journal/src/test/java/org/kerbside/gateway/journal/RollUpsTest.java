package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.kerbside.gateway.journal.HandClock.START;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.gateway.model.History.Bucket;
import org.kerbside.gateway.model.History.Numbers;
import org.kerbside.gateway.model.History.Series;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/** The points' beat is ten minutes: a value that is not told again holds for forty. */
class RollUpsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Point LEVEL = Bench.point(0);
  private static final Point DOOR = Bench.point(1, PointType.FLAG);
  private static final long QUOTA = 32_000_000;

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private RollUps history;

  @BeforeEach
  void open() {
    history = new RollUps(folder, QUOTA, clock);
  }

  @AfterEach
  void close() {
    history.close();
  }

  @Test
  void aMinuteHasItsLeastMostMeanAndLast() {
    tell(LEVEL, 1);
    clock.pass(Duration.ofSeconds(45));
    tell(LEVEL, 5);
    clock.pass(Duration.ofSeconds(15));
    assertThat(minutes()).containsExactly(bucket(0, 2, MINUTE, new Numbers(1, 5, 2, 5)));
  }

  @Test
  void aValueHoldsThroughMinutesInWhichNothingCame() {
    tell(LEVEL, 3);
    clock.pass(MINUTE.multipliedBy(2));
    assertThat(minutes())
        .containsExactly(
            bucket(0, 1, MINUTE, new Numbers(3, 3, 3, 3)),
            bucket(1, 0, MINUTE, new Numbers(3, 3, 3, 3)));
  }

  @Test
  void whatIsBadOrStaleIsUnknownAndInNoMean() {
    tell(LEVEL, 4);
    clock.pass(Duration.ofSeconds(20));
    tell(Reading.bad(LEVEL, Reason.STALE, clock.now(), Reading.Timing.RECEIPT));
    clock.pass(MINUTE.multipliedBy(3));
    assertThat(minutes())
        .containsExactly(bucket(0, 1, Duration.ofSeconds(20), new Numbers(4, 4, 4, 4)));
  }

  @Test
  void whatNobodyRepeatsHoldsForFourBeats() {
    tell(LEVEL, 4);
    clock.pass(HOUR.multipliedBy(3));
    assertThat(minutes()).hasSize(40);
  }

  @Test
  void doubtIsCounted() {
    var doubted = new Quality.Uncertain(Reason.SPREAD);
    tell(new Reading(LEVEL, new Value.Num(1), doubted, clock.now(), Reading.Timing.RECEIPT));
    clock.pass(Duration.ofSeconds(30));
    tell(LEVEL, 2);
    clock.pass(Duration.ofSeconds(30));
    assertThat(minutes().getFirst().doubted()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void wordsAreHeldForSoLong() {
    tell(DOOR, Value.Flag.TRUE);
    clock.pass(Duration.ofSeconds(15));
    tell(DOOR, Value.Flag.FALSE);
    clock.pass(Duration.ofSeconds(45));
    var minute = of(DOOR, MINUTE).buckets().getFirst();
    assertThat(minute.numbers()).isNull();
    assertThat(minute.held())
        .isEqualTo(Map.of("true", Duration.ofSeconds(15), "false", Duration.ofSeconds(45)));
  }

  @Test
  void aStopAndAStartWithinAMinuteLoseNothingOfIt() {
    tell(LEVEL, 1);
    clock.pass(Duration.ofSeconds(20));
    reopen();
    clock.pass(Duration.ofSeconds(20)); // Nothing holds over a stop.
    tell(LEVEL, 3);
    clock.pass(Duration.ofSeconds(20));
    assertThat(minutes())
        .containsExactly(bucket(0, 2, Duration.ofSeconds(40), new Numbers(1, 3, 2, 3)));
  }

  @Test
  void aKillCostsTheMinutesThatNoBlockHasYet() {
    runFor(MINUTE.multipliedBy(25));
    history = new RollUps(folder, QUOTA, clock); // The other is left as a kill leaves it.
    assertThat(minutes()).hasSize(20);
  }

  @Test
  void whatIsWrittenReadsAsWhatIsNot() {
    runFor(MINUTE.multipliedBy(9));
    var before = minutes();
    clock.pass(MINUTE.multipliedBy(2));
    history.settle();
    assertThat(minutes().subList(0, 9)).isEqualTo(before).hasSize(9);
    reopen();
    assertThat(minutes().subList(0, 9)).isEqualTo(before);
  }

  @Test
  void bucketsAreAsLongAsAskedAndWeighByTime() {
    tell(LEVEL, 1);
    clock.pass(MINUTE.multipliedBy(15));
    tell(LEVEL, 5);
    clock.pass(MINUTE.multipliedBy(5));
    assertThat(of(LEVEL, HOUR).buckets())
        .containsExactly(bucket(0, 2, MINUTE.multipliedBy(20), new Numbers(1, 5, 2, 5)));
  }

  @Test
  void untilTheTimeIsKnownReadingsWaitForIt() {
    clock.loseTime();
    tell(LEVEL, 1);
    clock.pass(MINUTE);
    tell(LEVEL, 2);
    history.settle();
    assertThat(minutes()).isEmpty();
    clock.pass(MINUTE);
    clock.learnTime();
    assertThat(minutes()).isEmpty();
    tell(LEVEL, 3);
    assertThat(minutes())
        .extracting(Bucket::from, Bucket::readings)
        .containsExactly(
            tuple(START, 1L),
            tuple(START.plus(MINUTE), 1L),
            tuple(START.plus(MINUTE.multipliedBy(2)), 1L));
  }

  @Test
  void aClockSetForwardLeavesUnknownWhatItJumpedOver() {
    tell(LEVEL, 1);
    clock.pass(MINUTE.multipliedBy(2));
    clock.stepWall(HOUR);
    history.settle();
    clock.pass(MINUTE.multipliedBy(2));
    assertThat(minutes())
        .extracting(bucket -> Duration.between(START, bucket.from()).toMinutes())
        .containsExactly(0L, 1L, 62L, 63L);
  }

  @Test
  void aClockSetBackPassesMinutesTwiceAndGoesOn() {
    tell(LEVEL, 1);
    clock.pass(MINUTE.multipliedBy(3));
    clock.stepWall(MINUTE.multipliedBy(-2));
    tell(LEVEL, 3);
    clock.pass(MINUTE.multipliedBy(4));
    assertThat(minutes())
        .extracting(Bucket::known, bucket -> bucket.numbers() == null ? 0 : bucket.numbers().mean())
        .containsExactly(
            tuple(MINUTE, 1.0),
            tuple(MINUTE, 2.0),
            tuple(MINUTE, 2.0),
            tuple(MINUTE, 3.0),
            tuple(MINUTE, 3.0));
  }

  @Test
  void tenYearsForthAndBackTakeNothingAway() {
    runFor(HOUR);
    var before = of(LEVEL, HOUR).buckets();
    clock.stepWall(DAY.multipliedBy(3650));
    runFor(HOUR.multipliedBy(3));
    clock.stepWall(DAY.multipliedBy(-3650));
    runFor(HOUR);
    assertThat(of(LEVEL, HOUR).buckets()).startsWith(before.getFirst());
  }

  @Test
  void whatComesLateCountsInItsMinute() {
    tell(LEVEL, 5);
    clock.pass(MINUTE.multipliedBy(30));
    tell(LEVEL, 5);
    history.settle();
    var then = clock.now().at(START.plus(MINUTE));
    tell(Reading.good(LEVEL, new Value.Num(9), then, Reading.Timing.SOURCE));
    history.settle();
    assertThat(minutes().get(1)).isEqualTo(bucket(1, 1, MINUTE, new Numbers(5, 9, 5, 5)));
    assertThat(minutes().getLast().numbers()).isEqualTo(new Numbers(5, 5, 5, 5));
  }

  @Test
  void aBacklogOfDaysTakesNoMoreMemoryThanADay() {
    var readings = new ArrayList<Reading>();
    clock.pass(DAY.multipliedBy(3));
    for (int minute = 0; minute < 3 * 1440; minute++) {
      var at = clock.now().at(ahead(minute));
      readings.add(Reading.good(LEVEL, new Value.Num(1), at, Reading.Timing.SOURCE));
    }
    history.hear(readings);
    assertThat(minutes())
        .hasSize(Timeline.MOST)
        .last()
        .extracting(Bucket::from)
        .isNotEqualTo(START);
  }

  @Test
  void aBacklogOfManyPointsGoesToTheDiskAtOnce() throws Exception {
    clock.pass(DAY);
    history.start();
    for (int index = 0; index < 8; index++) {
      var readings = new ArrayList<Reading>();
      for (int minute = 0; minute < 1440; minute++) {
        var at = clock.now().at(ahead(minute));
        var point = Bench.point(index);
        readings.add(Reading.good(point, new Value.Num(1), at, Reading.Timing.SOURCE));
      }
      history.hear(readings);
    }
    var file = folder.resolve(HistoryFile.FILE);
    // Its thread would look after a minute else.
    Await.until("it is written", () -> Files.exists(file), Duration.ofSeconds(40), () -> "");
  }

  @Test
  void aSourceFarAheadIsTakenForNow() {
    var ahead = clock.now().at(START.plus(DAY));
    tell(Reading.good(LEVEL, new Value.Num(9), ahead, Reading.Timing.SOURCE));
    clock.pass(MINUTE);
    assertThat(minutes()).hasSize(1).first().extracting(Bucket::from).isEqualTo(ahead(0));
  }

  @Test
  void oldMinutesBecomeHoursThatSayTheSame() {
    runFor(DAY.multipliedBy(7));
    var before = of(LEVEL, HOUR).buckets().subList(0, 12);
    runFor(DAY);
    var after = of(LEVEL, MINUTE);
    assertThat(after.step()).isEqualTo(HOUR);
    assertThat(after.buckets().subList(0, 12))
        .usingRecursiveComparison()
        .withComparatorForType(RollUpsTest::aboutAsMuch, Double.class)
        .isEqualTo(before);
    assertThat(
            history.of(LEVEL.id(), START.plus(DAY.multipliedBy(2)), ahead(999_999), MINUTE).step())
        .isEqualTo(MINUTE);
  }

  @Test
  void afterThirtyDaysTheyAreGone() {
    runFor(DAY.multipliedBy(32));
    var first = of(LEVEL, HOUR).buckets().getFirst().from();
    assertThat(first).isBetween(START.plus(DAY), START.plus(DAY.multipliedBy(3)));
  }

  @Test
  void theQuotaMakesMinutesHoursSooner() throws Exception {
    history.close();
    history = new RollUps(folder, 40_000, clock);
    runFor(DAY.multipliedBy(5));
    assertThat(of(LEVEL, MINUTE).step()).isEqualTo(HOUR);
    assertThat(of(LEVEL, HOUR).buckets().getFirst().from()).isEqualTo(START);
    assertThat(Files.size(folder.resolve(HistoryFile.FILE))).isLessThan(80_000);
  }

  @Test
  void aDamagedFileIsBegunAnew() throws Exception {
    runFor(HOUR);
    history.close();
    Files.writeString(
        folder.resolve(HistoryFile.FILE), "not a database, and long enough to see it");
    history = new RollUps(folder, QUOTA, clock);
    assertThat(minutes()).isEmpty();
    runFor(HOUR);
    assertThat(minutes()).hasSize(60);
  }

  @Test
  void aDiskThatRefusesIsAskedAgain() throws Exception {
    var inTheWay = Files.createDirectory(folder.resolve(HistoryFile.FILE));
    runFor(MINUTE.multipliedBy(25));
    assertThat(minutes()).hasSize(25);
    Files.delete(inTheWay);
    history.settle();
    reopen();
    assertThat(minutes()).hasSize(25);
  }

  /** A value each minute that goes up and down, and a settling as often. */
  private void runFor(Duration time) {
    for (long i = 0; i < time.toMinutes(); i++) {
      tell(LEVEL, i % 7 / 8.0);
      clock.pass(MINUTE);
      history.settle();
    }
  }

  /** A mean is kept to seven digits, and rounded more than once. */
  private static int aboutAsMuch(double one, double other) {
    return Math.abs(one - other) < 1e-6 ? 0 : Double.compare(one, other);
  }

  private void reopen() {
    history.close();
    history = new RollUps(folder, QUOTA, clock);
  }

  private void tell(Point point, double number) {
    tell(point, new Value.Num(number));
  }

  private void tell(Point point, Value value) {
    tell(Reading.good(point, value, clock.now(), Reading.Timing.RECEIPT));
  }

  private void tell(Reading reading) {
    history.hear(List.of(reading));
  }

  private List<Bucket> minutes() {
    return new ArrayList<>(of(LEVEL, MINUTE).buckets());
  }

  private Series of(Point point, Duration step) {
    return history.of(point.id(), START, ahead(999_999), step);
  }

  private static Instant ahead(long minutes) {
    return START.plus(MINUTE.multipliedBy(minutes));
  }

  private static Bucket bucket(long minute, long readings, Duration known, Numbers numbers) {
    return new Bucket(ahead(minute), readings, known, Duration.ZERO, numbers, Map.of());
  }
}
