package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire.Contents;
import org.kerbside.gateway.model.Wire.Line;

class ThinningTest {

  private static final Instant NINE = Instant.parse("2026-07-01T09:00:00Z");
  private static final Thinning MINUTE = Thinning.to(Instead.MINUTE, Set.of("f/energy"));
  private static final Thinning HOUR = Thinning.to(Instead.HOUR, Set.of("f/energy"));

  @Test
  void keepsMinimumMaximumAndMean() {
    assertThat(thin(num(0, 3), num(10, 1), num(20, 8), num(30, 4)))
        .containsExactly(num(10, 1), num(20, 8), mean(15, 4, 4));
  }

  @Test
  void keepsTwoAsTheyAre() {
    assertThat(thin(num(0, 3), num(10, 1))).containsExactly(num(0, 3), num(10, 1));
  }

  @Test
  void tellsAConstantByItsMeanAlone() {
    assertThat(thin(num(0, 3), num(10, 3), num(20, 3))).containsExactly(mean(10, 3, 3));
  }

  @Test
  void keepsEachChangeOfFlagsAndStates() {
    assertThat(thin(flag(0, true), flag(5, true), flag(9, false), flag(11, false), flag(12, true)))
        .containsExactly(flag(0, true), flag(9, false), flag(12, true));
    assertThat(thin(state(0, "open"), state(1, "shut"), state(2, "shut"), state(3, "open")))
        .containsExactly(state(0, "open"), state(1, "shut"), state(3, "open"));
  }

  @Test
  void keepsTheLastTotalOfACounter() {
    assertThat(thin(total(0, 100.1), total(20, 100.2), total(40, 100.3)))
        .containsExactly(total(40, 100.3));
  }

  @Test
  void keepsTheLastTotalOfAMeterThatWasReplaced() {
    assertThat(thin(total(0, 100.1), total(20, 100.2), total(30, 0), total(40, 0.5)))
        .containsExactly(total(20, 100.2), total(40, 0.5));
  }

  @Test
  void keepsChangesOfQuality() {
    var bad = line(20, null, "no echo", 1);
    assertThat(thin(num(0, 5), num(10, 5), bad, line(25, null, "no echo", 1), num(30, 5)))
        .containsExactly(bad, num(30, 5), mean(15, 5, 3));
  }

  @Test
  void doesNotMixPointsAndMinutes() {
    var other = new Line("b/fill", "/", NINE, new Value.Num(7), null, 1);
    assertThat(thin(num(0, 3), other, num(61, 4), num(122, 5)))
        .containsExactly(num(0, 3), other, num(61, 4), num(122, 5));
  }

  /** Over noise of all kinds: hours made of minutes are the hours that readings would make. */
  @Test
  void makesTheSameHoursOfMinutesAsOfReadings() {
    for (int seed = 0; seed < 200; seed++) {
      var frames = noise(new Random(seed));
      var minutes = retold(Instead.MINUTE, MINUTE.thin(frames));
      assertThat(Thinning.readings(minutes)).as("seed %d", seed).isEqualTo(numbers(frames));
      var hours = byPoint(HOUR.thin(minutes));
      var expected = byPoint(HOUR.thin(frames));
      assertThat(hours.keySet()).isEqualTo(expected.keySet());
      for (var key : expected.keySet()) {
        assertSame(
            seed,
            Objects.requireNonNull(hours.get(key)),
            Objects.requireNonNull(expected.get(key)));
      }
      assertThat(Thinning.readings(retold(Instead.HOUR, HOUR.thin(minutes))))
          .as("seed %d", seed)
          .isEqualTo(numbers(frames));
    }
  }

  private static void assertSame(int seed, List<Line> hour, List<Line> expected) {
    assertThat(values(hour)).as("seed %d", seed).isEqualTo(values(expected));
    var mean = expected.getLast();
    if (mean.readings() > 1) {
      assertThat(hour.getLast().readings()).as("seed %d", seed).isEqualTo(mean.readings());
      assertThat(number(hour.getLast())).isCloseTo(number(mean), within(1e-6));
    }
  }

  private static List<Double> values(List<Line> lines) {
    return lines.stream()
        .filter(line -> line.readings() == 1)
        .map(ThinningTest::number)
        .sorted()
        .toList();
  }

  /** Numbers alone, so that each reading is counted by a mean or stands itself. */
  private static List<Contents> noise(Random chance) {
    var frames = new ArrayList<Contents>();
    double second = 0;
    for (int frame = 0; frame < 40; frame++) {
      var lines = new ArrayList<Line>();
      for (int i = 0; i < 1 + chance.nextInt(12); i++) {
        second += chance.nextInt(30);
        var at = NINE.plusMillis((long) (second * 1000));
        var value = new Value.Num(chance.nextInt(8) / 2.0);
        lines.add(new Line("b/p" + chance.nextInt(3), "/", at, value, null, 1));
      }
      frames.add(frame(null, lines));
    }
    return frames;
  }

  private static List<Contents> retold(Instead thin, List<List<Line>> groups) {
    return List.of(frame(thin, groups.stream().flatMap(List::stream).toList()));
  }

  private static long numbers(List<Contents> frames) {
    return frames.stream().mapToLong(frame -> frame.lines().size()).sum();
  }

  private static Map<String, List<Line>> byPoint(List<List<Line>> groups) {
    var byPoint = new HashMap<String, List<Line>>();
    for (var group : groups) {
      var line = group.getFirst();
      byPoint.put(line.point() + " " + line.at().getEpochSecond() / 3600, group);
    }
    return byPoint;
  }

  private static Contents frame(@Nullable Instead thin, List<Line> lines) {
    return new Contents(ClockQuality.SYNC, null, thin, lines);
  }

  /** As if each came in a frame of its own. */
  private static List<Line> thin(Line... lines) {
    var frames =
        IntStream.range(0, lines.length).mapToObj(i -> frame(null, List.of(lines[i]))).toList();
    return MINUTE.thin(frames).stream().flatMap(List::stream).toList();
  }

  private static Line num(int second, double value) {
    return line(second, new Value.Num(value), null, 1);
  }

  private static Line mean(int second, double value, long readings) {
    return line(second, new Value.Num(value), null, readings);
  }

  private static Line flag(int second, boolean value) {
    return line(second, Value.Flag.of(value), null, 1);
  }

  private static Line state(int second, String word) {
    return line(second, new Value.State(word), null, 1);
  }

  private static Line total(int second, double value) {
    return new Line("f/energy", "kWh", NINE.plusSeconds(second), new Value.Num(value), null, 1);
  }

  private static Line line(int second, @Nullable Value value, @Nullable String why, long readings) {
    return new Line("a/fill", "/", NINE.plusSeconds(second), value, why, readings);
  }

  private static double number(Line line) {
    return line.value() instanceof Value.Num(var number) ? number : Double.NaN;
  }
}
