package org.kerbside.drivers.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who comes to a stall: Poisson arrivals with peaks at 8, 12 and 18 h, log-normal stays with a
 * median of 4 min. A function of the day; the last days asked for are kept.
 */
final class Visits {

  private static final double BUSIEST = 3.6; // arrivals an hour
  private static final double MEDIAN = 240; // s
  private static final double SPREAD = 0.5; // of the logarithm: one stay in 250 exceeds 15 min
  private static final double AJAR = 0.04;
  private static final long NUMBERS = 1000; // of each kind a day

  private final Chance chance;
  private final ZoneId zone;
  private @Nullable Day today;
  private @Nullable Day yesterday;

  Visits(Chance chance, ZoneId zone) {
    this.chance = chance;
    this.zone = zone;
  }

  /** One person's stay. */
  record Visit(Instant from, Instant until, Door door) {

    boolean covers(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  /** What a person does with the door. */
  enum Door {
    SHUT,
    AJAR
  }

  private record Day(LocalDate date, List<Visit> visits) {}

  /** The stay that covers this instant. */
  @Nullable Visit at(Instant now) {
    for (var visit : around(now)) {
      if (visit.covers(now)) {
        return visit;
      }
    }
    return null;
  }

  /** The stays of this day, and those of the last that reach into it. */
  List<Visit> around(Instant now) {
    var date = now.atZone(zone).toLocalDate();
    if (today == null || !today.date().equals(date)) {
      yesterday = day(date.minusDays(1));
      today = day(date);
    }
    var visits = new ArrayList<>(Objects.requireNonNull(yesterday).visits());
    visits.addAll(today.visits());
    return visits;
  }

  private Day day(LocalDate date) {
    var visits = new ArrayList<Visit>();
    var midnight = date.atStartOfDay(zone).toInstant();
    long first = date.toEpochDay() * 4 * NUMBERS;
    double second = 0;
    for (long n = 0; n < NUMBERS; n++) {
      second += -StrictMath.log(1 - chance.even(first + 4 * n)) * 3600 / BUSIEST;
      if (second >= 86_400) {
        break;
      }
      if (chance.even(first + 4 * n + 1) * BUSIEST < arrivals(second / 3600)) {
        double stay = stay(first + 4 * n + 2);
        var door = chance.even(first + 4 * n + 3) < AJAR ? Door.AJAR : Door.SHUT;
        var from = midnight.plusSeconds(Math.round(second));
        visits.add(new Visit(from, from.plusSeconds(Math.round(stay)), door));
        second += stay + 30;
      }
    }
    return new Day(date, visits);
  }

  private double stay(long n) {
    double stay = MEDIAN * StrictMath.exp(SPREAD * chance.normal(n));
    return Math.clamp(stay, 25, 2400);
  }

  /** Arrivals an hour at a time of day. */
  private static double arrivals(double hour) {
    double base = hour >= 5 && hour < 23 ? 0.6 : 0.05;
    return base + 2.8 * peak(hour, 8) + 2.4 * peak(hour, 12.3) + 2.8 * peak(hour, 18);
  }

  private static double peak(double hour, double at) {
    return StrictMath.exp(-(hour - at) * (hour - at) / (2 * 0.9 * 0.9));
  }
}
