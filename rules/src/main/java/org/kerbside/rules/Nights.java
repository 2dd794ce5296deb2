package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Value;

/**
 * What the lamps of a programme do by sun and clock. A night is from noon to noon and has the steps
 * of the day on which it begins. A step by the clock counts at night only: where the sun sets after
 * 23:00, nothing is lit at 23:00.
 *
 * @param steps of a usual night
 * @param special the nights that are not, the first that holds counts
 */
record Nights(Sun sun, List<Step> steps, List<Special> special) {

  private static final LocalTime NOON = LocalTime.NOON;

  Nights {
    steps = List.copyOf(steps);
    special = List.copyOf(special);
  }

  /** From then on, until the next. */
  record Step(From from, Value value) {}

  /** When a step begins. */
  sealed interface From {

    record Clock(LocalTime time) implements From {}

    record Sunset(Duration offset) implements From {}

    record Sunrise(Duration offset) implements From {}
  }

  /** Nights with steps of their own. */
  record Special(Days days, List<Step> steps) {
    Special {
      steps = List.copyOf(steps);
    }
  }

  /** Days of a calendar, first and last included. */
  sealed interface Days {

    boolean has(LocalDate day);

    record Once(LocalDate first, LocalDate last) implements Days {
      @Override
      public boolean has(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
      }
    }

    /** Every year; may go over the new year. */
    record Yearly(MonthDay first, MonthDay last) implements Days {
      @Override
      public boolean has(LocalDate date) {
        var day = MonthDay.from(date);
        boolean isAfter = !day.isBefore(first);
        boolean isBefore = !day.isAfter(last);
        return first.isAfter(last) ? isAfter || isBefore : isAfter && isBefore;
      }
    }
  }

  /** What holds now, and until when. */
  record Now(Value value, @Nullable Instant until) {}

  private record Begin(Instant at, Step step) {}

  Now at(Instant wall) {
    var day = LocalDate.ofInstant(wall, sun.site().zone());
    var begins = new ArrayList<Begin>();
    for (int near = -3; near <= 1; near++) {
      add(begins, day.plusDays(near));
    }
    begins.sort(Comparator.comparing(Begin::at));
    // Where the sun neither rises nor sets these days, it is as at their beginning.
    boolean isNight =
        sun.isDown(day.minusDays(3).atTime(NOON).atZone(sun.site().zone()).toInstant());
    Value value = isNight ? brightest() : darkest();
    for (var begin : begins) {
      isNight = isNight(begin.step().from(), isNight);
      if (!isNight && begin.step().from() instanceof From.Clock && hasSun()) {
        continue;
      }
      if (begin.at().isAfter(wall)) {
        return new Now(value, begin.at());
      }
      value = begin.step().value();
    }
    return new Now(value, null);
  }

  Value brightest() {
    return all().max(Comparator.comparingDouble(Nights::light)).orElseThrow();
  }

  Value darkest() {
    return all().min(Comparator.comparingDouble(Nights::light)).orElseThrow();
  }

  /** The least that any step lights, from 0 to 1; null when none is a share of light. */
  @Nullable Double floor() {
    return all()
        .filter(value -> value instanceof Value.Num)
        .map(Nights::light)
        .filter(light -> light > 0)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private Stream<Value> all() {
    return Stream.concat(steps.stream(), special.stream().flatMap(night -> night.steps().stream()))
        .map(Step::value);
  }

  static double light(Value value) {
    return switch (value) {
      case Value.Num(var share) -> share;
      case Value.Flag(var flag) -> flag ? 1 : 0;
      case Value.State state -> 0;
    };
  }

  private void add(List<Begin> begins, LocalDate night) {
    var own =
        special.stream()
            .filter(other -> other.days().has(night))
            .map(Special::steps)
            .findFirst()
            .orElse(steps);
    for (var step : own) {
      var at = at(step.from(), night);
      if (at != null) {
        begins.add(new Begin(at, step));
      }
    }
  }

  private @Nullable Instant at(From from, LocalDate night) {
    var morning = night.plusDays(1);
    return switch (from) {
      case From.Clock(var time) ->
          (time.isBefore(NOON) ? morning : night)
              .atTime(time)
              .atZone(sun.site().zone())
              .toInstant();
      case From.Sunset(var offset) -> plus(sun.set(night), offset);
      case From.Sunrise(var offset) -> plus(sun.rise(morning), offset);
    };
  }

  private static @Nullable Instant plus(@Nullable Instant at, Duration offset) {
    return at == null ? null : at.plus(offset);
  }

  private static boolean isNight(From from, boolean before) {
    return switch (from) {
      case From.Clock(var time) -> before;
      case From.Sunset(var offset) -> true;
      case From.Sunrise(var offset) -> false;
    };
  }

  private boolean hasSun() {
    return Stream.concat(steps.stream(), special.stream().flatMap(night -> night.steps().stream()))
        .anyMatch(step -> !(step.from() instanceof From.Clock));
  }
}
