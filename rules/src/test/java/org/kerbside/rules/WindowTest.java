package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Value;

class WindowTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long STEP = 10 * SECOND; // of ten minutes
  private static final int TRIALS = 200;

  /** Everything that was told, and every measure by its definition. */
  private static final class Told {

    private record At(long time, double value) {}

    private final List<At> all = new ArrayList<>();

    void take(long now, double value) {
      all.add(new At(now, value));
    }

    private double held(long time) {
      double held = Double.NaN;
      for (var at : all) {
        held = at.time() <= time ? at.value() : held;
      }
      return held;
    }

    double value(Measure measure, long now) {
      long from = Math.floorDiv(now, STEP) * STEP - Sliding.CELLS * STEP;
      double area = 0;
      long known = 0;
      double low = Double.NaN;
      double high = Double.NaN;
      double first = Double.NaN;
      long begun = 0;
      int turns = 0;
      double gained = 0;
      double last = Double.NaN;
      for (int i = 0; i < all.size(); i++) {
        double value = all.get(i).value();
        long start = Math.max(from, all.get(i).time());
        long end = i + 1 < all.size() ? all.get(i + 1).time() : now;
        if (Double.isNaN(value)) {
          continue;
        }
        if (all.get(i).time() >= from && !Double.isNaN(last) && value != last) {
          turns++;
          gained += Math.max(0, value - last);
        }
        last = value;
        if (end > from || i == all.size() - 1) {
          begun = Double.isNaN(first) ? start : begun;
          first = Double.isNaN(first) ? value : first;
          low = Cell.least(low, value);
          high = Cell.greatest(high, value);
          known += Math.max(0, end - start);
          area += value * Math.max(0, end - start);
        }
      }
      double current = held(now);
      if (Double.isNaN(current) || 2 * known < now - from) {
        return Double.NaN;
      }
      double span = (now - Math.floorDiv(begun, STEP) * STEP) / 1e9;
      return switch (measure) {
        case MEAN -> area / known;
        case MIN -> low;
        case MAX -> high;
        case CHANGE -> current - first;
        case RATE -> (current - first) / span;
        case FLOW -> gained / span;
        case TRANSITIONS -> turns;
        case VOLUME -> gained;
      };
    }
  }

  /** Random feeds with gaps, long silences and unknown stretches: every measure, at any time. */
  @Test
  void measuresWhatWasTold() {
    for (int seed = 0; seed < TRIALS; seed++) {
      var random = new Random(seed);
      var window = new Sliding(Duration.ofMinutes(10));
      var told = new Told();
      long now = random.nextInt(2000) * SECOND;
      for (int i = 0; i < 60; i++) {
        now += (random.nextInt(8) == 0 ? random.nextInt(1500) : random.nextInt(40)) * SECOND;
        if (random.nextInt(3) > 0) {
          double value = random.nextInt(6) == 0 ? Double.NaN : random.nextInt(4);
          window.take(now, value);
          told.take(now, value);
        }
        for (var measure : Measure.values()) {
          double wanted = told.value(measure, now);
          double got = window.value(measure, now, told.held(now));
          assertThat(isSame(got, wanted))
              .as("seed %d, %s at %ds: %s, not %s", seed, measure, now / SECOND, got, wanted)
              .isTrue();
        }
      }
    }
  }

  /** Before the time at which it may next change, a measure that goes in steps does not. */
  @Test
  void changesBySilenceOnlyWhenItSaid() {
    for (int seed = 0; seed < TRIALS; seed++) {
      var random = new Random(seed);
      var window = new Sliding(Duration.ofMinutes(10));
      double held = Double.NaN;
      long now = 0;
      for (int i = 0; i < 60; i++) {
        now += random.nextInt(40) * SECOND;
        held = random.nextInt(9) == 0 ? Double.NaN : random.nextInt(4);
        window.take(now, held);
      }
      for (var measure : List.of(Measure.MIN, Measure.MAX, Measure.CHANGE, Measure.TRANSITIONS)) {
        var copy = again(window);
        long at = now;
        for (int i = 0; i < 70; i++) {
          double before = copy.value(measure, at, held);
          long next = copy.next(measure, at, Window.NEVER);
          assertThat(next).as("seed %d", seed).isGreaterThan(at);
          long later = (Math.floorDiv(at, STEP) + 1) * STEP;
          double after = copy.value(measure, later, held);
          if (next > later) {
            assertThat(isSame(before, after))
                .as("seed %d, %s at %ds: %s, %s", seed, measure, later / SECOND, before, after)
                .isTrue();
          }
          at = later;
        }
        assertThat(copy.next(measure, at, Window.NEVER))
            .as("seed %d", seed)
            .isEqualTo(Window.NEVER);
      }
    }
  }

  /** Whatever was told, a note says it all. */
  @Test
  void outlivesItsProcess() {
    var street = new Street().generic("a", "p0");
    var point = new Slot.Observed(street.point("a/p0"));
    var spans =
        Stream.of(
                new Length.Last(Duration.ofMinutes(10)),
                new Length.Day(),
                new Length.Yesterday(),
                new Length.Since(Deed.EMPTIED, "a"))
            .map(length -> new Span(point, length))
            .toList();
    for (int seed = 0; seed < TRIALS; seed++) {
      var random = new Random(seed);
      var windows = new Windows(spans, 1, Street.SITE.zone());
      long now = 0;
      for (int i = 0; i < 60; i++) {
        now += random.nextInt(1 + random.nextInt(600)) * SECOND;
        if (i % 20 == 7) {
          windows.day(now, now);
        }
        double value = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
        windows.observe(point.point(), Double.isNaN(value) ? null : new Value.Num(value), now);
      }
      var again = new Windows(spans, 1, Street.SITE.zone());
      var bridge = Bridge.none(Street.at(Duration.ZERO));
      for (int i = 0; i < spans.size(); i++) {
        again.at(i).recall(windows.at(i).note(), bridge);
      }
      for (int i = 0; i < spans.size(); i++) {
        for (var measure : measures(spans.get(i).length())) {
          var what = "seed %d: %s of %s".formatted(seed, measure, spans.get(i).length());
          assertThat(again.at(i).value(measure, now, .5))
              .as(what)
              .isEqualTo(Double.valueOf(windows.at(i).value(measure, now, .5)));
          assertThat(again.at(i).next(measure, now, Window.NEVER))
              .as(what)
              .isEqualTo(windows.at(i).next(measure, now, Window.NEVER));
        }
      }
    }
  }

  private static List<Measure> measures(Length length) {
    return Stream.of(Measure.values())
        .filter(measure -> length instanceof Length.Last || !measure.isByTime())
        .toList();
  }

  @Test
  void theMeanOfAConstantIsThatConstant() {
    var window = new Sliding(Duration.ofHours(24));
    window.take(0, .95);
    for (int i = 1; i < 3000; i++) {
      window.take(i * 61L * SECOND + i, .95);
    }
    assertThat(window.value(Measure.MEAN, 183_001 * SECOND, .95)).isEqualTo(.95);
  }

  /** A value that is only supposed changes what is asked, and not what is remembered. */
  @Test
  void whatIsSupposedIsNotTaken() {
    var window = new Sliding(Duration.ofMinutes(10));
    window.take(0, 1);
    long now = 601 * SECOND;
    assertThat(window.value(Measure.MAX, now, 3)).isEqualTo(3);
    assertThat(window.value(Measure.TRANSITIONS, now, 3)).isEqualTo(1);
    assertThat(window.value(Measure.CHANGE, now, 3)).isEqualTo(2);
    assertThat(window.value(Measure.MAX, now, 1)).isEqualTo(1);
    assertThat(window.value(Measure.TRANSITIONS, now, 1)).isZero();
  }

  /** As if another process went on with it. */
  private static Window again(Sliding window) {
    var again = new Sliding(Duration.ofMinutes(10));
    again.recall(window.remember(), Duration.ZERO);
    return again;
  }

  private static boolean isSame(double got, double wanted) {
    return Double.isNaN(got) ? Double.isNaN(wanted) : Math.abs(got - wanted) < 1e-9;
  }
}
