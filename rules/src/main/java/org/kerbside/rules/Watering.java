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
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;

/**
 * Irrigation, one zone of a master after the other, at most once a day. Who does not know the time
 * does not water.
 *
 * @param need when a zone has had enough
 * @param budget of the whole site; absent where the site sets none
 * @param lines the zones of each master, in the order in which they are watered
 */
record Watering(
    String name, Times times, Need need, @Nullable Budget budget, List<List<Spot>> lines)
    implements Programme {

  Watering {
    lines = lines.stream().map(List::copyOf).toList();
  }

  /**
   * When it waters.
   *
   * @param season absent for the whole year
   */
  record Times(ZoneId zone, LocalTime start, Set<DayOfWeek> days, @Nullable Season season) {

    Times {
      days = Set.copyOf(days);
    }

    boolean isOn(LocalDate day) {
      return days.contains(day.getDayOfWeek()) && (season == null || season.holds(day));
    }

    /** Null on a day without water. */
    @Nullable Instant begin(LocalDate day) {
      return isOn(day) ? day.atTime(start).atZone(zone).toInstant() : null;
    }

    LocalDate day(Instant wall) {
      return LocalDate.ofInstant(wall, zone);
    }
  }

  /** From one day of the year to another, both included; may go over the new year. */
  record Season(MonthDay first, MonthDay last) {

    boolean holds(LocalDate date) {
      return new Nights.Days.Yearly(first, last).has(date);
    }
  }

  /** When a zone has had enough; its longest run ends it in any case. */
  sealed interface Need {

    /** Cubic metres, by its counter, else by its master's. Without one: its longest run. */
    record Volume(double water) implements Need {}

    record Run(Duration length) implements Need {}

    /** Until each zone's own condition holds, or is not known. */
    record Until() implements Need {}
  }

  /**
   * What the site may take a day.
   *
   * @param water cubic metres
   * @param counters that measure it, one for each inlet
   */
  record Budget(double water, List<Point> counters) {
    Budget {
      counters = List.copyOf(counters);
    }
  }

  /**
   * One zone.
   *
   * @param counters that measure what it gets, the best first
   * @param skip a reason to leave it out today; unknown is none
   * @param until enough, where that is the need
   */
  record Spot(
      String asset,
      Point valve,
      List<Point> counters,
      @Nullable Condition skip,
      @Nullable Condition until,
      Duration longest) {

    Spot {
      counters = List.copyOf(counters);
    }
  }

  @Override
  public List<Point> outputs() {
    return lines.stream().flatMap(List::stream).map(Spot::valve).toList();
  }

  @Override
  public Course start() {
    return new WaterCourse(this);
  }
}
