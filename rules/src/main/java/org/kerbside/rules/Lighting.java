package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * Lamps by sun and clock. A step by the clock counts at night only: where the sun sets after 23:00,
 * nothing is lit at 23:00.
 *
 * @param withoutClock what the lamps do while the time is not known
 */
record Lighting(String name, Sun sun, List<Step> steps, Value withoutClock, List<Point> outputs)
    implements Programme {

  Lighting {
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
  }

  /** From then on, until the next. */
  record Step(From from, Value value) {}

  /** When a step begins. */
  sealed interface From {

    record Clock(LocalTime time) implements From {}

    record Sunset(Duration offset) implements From {}

    record Sunrise(Duration offset) implements From {}
  }

  /** The least that any step lights; null when none does. */
  @Nullable Double floor() {
    Double least = null;
    for (var step : steps) {
      if (step.value() instanceof Value.Num(var share) && share > 0) {
        least = least == null ? share : Math.min(least, share);
      }
    }
    return least;
  }

  private record Begin(Instant at, Step step) {}

  @Override
  public @Nullable Instant decide(Instant wall, Consumer<Order> orders) {
    var day = LocalDate.ofInstant(wall, sun.site().zone());
    var begins = new ArrayList<Begin>();
    for (int near = -2; near <= 1; near++) {
      add(begins, day.plusDays(near));
    }
    begins.sort(Comparator.comparing(Begin::at));
    Value value = withoutClock;
    boolean isNight = false;
    for (var begin : begins) {
      isNight = isNight(begin.step().from(), isNight);
      if (!isNight && begin.step().from() instanceof From.Clock && hasSun()) {
        continue;
      }
      if (begin.at().isAfter(wall)) {
        say(value, orders);
        return begin.at();
      }
      value = begin.step().value();
    }
    say(value, orders);
    return null;
  }

  @Override
  public void decideWithoutClock(Consumer<Order> orders) {
    say(withoutClock, orders);
  }

  private void say(Value value, Consumer<Order> orders) {
    for (var output : outputs) {
      orders.accept(new Order(output, value, Issuer.PROGRAMME, name));
    }
  }

  private void add(List<Begin> begins, LocalDate day) {
    for (var step : steps) {
      var at = at(step.from(), day);
      if (at != null) {
        begins.add(new Begin(at, step));
      }
    }
  }

  private @Nullable Instant at(From from, LocalDate day) {
    return switch (from) {
      case From.Clock(var time) -> day.atTime(time).atZone(sun.site().zone()).toInstant();
      case From.Sunset(var offset) -> plus(sun.set(day), offset);
      case From.Sunrise(var offset) -> plus(sun.rise(day), offset);
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
    return steps.stream().anyMatch(step -> !(step.from() instanceof From.Clock));
  }
}
