package org.kerbside.rules;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * Irrigation by the clock, one zone of a master after the other. Who does not know the time does
 * not water.
 *
 * @param lines the valves of each master, in the order in which they run
 */
record Watering(String name, ZoneId zone, Times times, List<List<Point>> lines)
    implements Programme {

  private static final Value OPEN = new Value.Num(1);
  private static final Value SHUT = new Value.Num(0);

  Watering {
    lines = lines.stream().map(List::copyOf).toList();
  }

  /**
   * When it waters.
   *
   * @param run for each zone
   * @param season absent for the whole year
   */
  record Times(LocalTime start, Duration run, Set<DayOfWeek> days, @Nullable Season season) {

    Times {
      days = Set.copyOf(days);
    }

    boolean isOn(LocalDate day) {
      return days.contains(day.getDayOfWeek()) && (season == null || season.holds(day));
    }
  }

  /** From one day of the year to another, both included; may go over the new year. */
  record Season(MonthDay first, MonthDay last) {

    boolean holds(LocalDate date) {
      var day = MonthDay.from(date);
      boolean isAfter = !day.isBefore(first);
      boolean isBefore = !day.isAfter(last);
      return first.isAfter(last) ? isAfter || isBefore : isAfter && isBefore;
    }
  }

  @Override
  public @Nullable Instant decide(Instant wall, Consumer<Order> orders) {
    var today = LocalDate.ofInstant(wall, zone);
    Instant next = null;
    for (var line : lines) {
      for (int i = 0; i < line.size(); i++) {
        var turn = times.run().multipliedBy(i);
        boolean isOpen = false;
        for (int near = -1; near <= 1; near++) {
          var begin = begin(today.plusDays(near));
          if (begin != null) {
            var from = begin.plus(turn);
            var until = from.plus(times.run());
            isOpen |= !wall.isBefore(from) && wall.isBefore(until);
            next = earlier(earlier(next, from, wall), until, wall);
          }
        }
        orders.accept(order(line.get(i), isOpen ? OPEN : SHUT));
      }
    }
    return next;
  }

  @Override
  public void decideWithoutClock(Consumer<Order> orders) {
    lines.forEach(line -> line.forEach(valve -> orders.accept(order(valve, SHUT))));
  }

  private @Nullable Instant begin(LocalDate day) {
    return times.isOn(day) ? day.atTime(times.start()).atZone(zone).toInstant() : null;
  }

  private Order order(Point valve, Value value) {
    return new Order(valve, value, Issuer.PROGRAMME, name);
  }

  private static @Nullable Instant earlier(@Nullable Instant best, Instant at, Instant wall) {
    return at.isAfter(wall) && (best == null || at.isBefore(best)) ? at : best;
  }
}
