package org.kerbside.rules;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Site;
import org.shredzone.commons.suncalc.SunPosition;

/**
 * What sun and calendar say at a site, to the second, and when they will say otherwise. Remembers
 * its last answers; belongs to the thread of its {@link Memory}.
 */
final class Almanac {

  /** The sun's upper edge at the horizon, refraction included; degrees of its centre. */
  static final double SUNSET = -0.833;

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Duration STRIDE = Duration.ofMinutes(5);
  private static final Duration FAR = Duration.ofHours(25);

  /** From one instant to the other the sun stays on one side of a height. */
  private record Side(Instant from, Instant until, boolean isAbove) {
    boolean has(Instant wall) {
      return !wall.isBefore(from) && wall.isBefore(until);
    }
  }

  private final Site site;
  private final Map<Double, Side> sides = new HashMap<>();
  private @Nullable Side night; // every lamp asks for it
  private Instant measured = Instant.MIN;
  private double elevation;

  Almanac(Site site) {
    this.site = site;
  }

  /** The height of the sun's centre above the horizon in degrees, without refraction. */
  double elevation(Instant wall) {
    var second = Instant.ofEpochSecond(wall.getEpochSecond());
    if (!second.equals(measured)) {
      measured = second;
      elevation =
          SunPosition.compute()
              .on(second)
              .at(site.latitude(), site.longitude())
              .execute()
              .getTrueAltitude();
    }
    return elevation;
  }

  boolean isAbove(double degrees, Instant wall) {
    return side(degrees, wall).isAbove();
  }

  /** When the sun next passes that height; after {@code wall}. */
  Instant crosses(double degrees, Instant wall) {
    return side(degrees, wall).until();
  }

  String weekday(Instant wall) {
    return DAYS.get(local(wall).getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue());
  }

  LocalTime time(Instant wall) {
    return local(wall).toLocalTime();
  }

  /** The next of these times of the day; after {@code wall}. */
  Instant next(List<LocalTime> times, Instant wall) {
    var next = Instant.MAX;
    var today = local(wall).toLocalDate();
    for (int days = 0; days <= 1; days++) {
      for (var time : times) {
        var at = today.plusDays(days).atTime(time).atZone(site.zone()).toInstant();
        next = at.isAfter(wall) && at.isBefore(next) ? at : next;
      }
    }
    return next;
  }

  private ZonedDateTime local(Instant wall) {
    return wall.atZone(site.zone());
  }

  private Side side(double degrees, Instant wall) {
    var latest = night;
    if (degrees == SUNSET && latest != null && latest.has(wall)) {
      return latest;
    }
    var known = sides.get(degrees);
    if (known != null && known.has(wall)) {
      return known;
    }
    var made = look(degrees, Instant.ofEpochSecond(wall.getEpochSecond()));
    sides.put(degrees, made);
    night = degrees == SUNSET ? made : night;
    return made;
  }

  private Side look(double degrees, Instant from) {
    boolean isAbove = elevation(from) > degrees;
    BiPredicate<Instant, Boolean> isThere = (at, above) -> elevation(at) > degrees == above;
    var far = from.plus(FAR);
    for (var at = from; at.isBefore(far); at = at.plus(STRIDE)) {
      if (!isThere.test(at.plus(STRIDE), isAbove)) {
        return new Side(from, between(at, at.plus(STRIDE), degrees, isAbove), isAbove);
      }
    }
    return new Side(from, far, isAbove); // It stays up or down all day; to be asked again.
  }

  /** The first second on the other side. */
  private Instant between(Instant here, Instant there, double degrees, boolean isAbove) {
    long low = here.getEpochSecond();
    long high = there.getEpochSecond();
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      boolean isHere = elevation(Instant.ofEpochSecond(middle)) > degrees == isAbove;
      low = isHere ? middle : low;
      high = isHere ? high : middle;
    }
    return Instant.ofEpochSecond(high);
  }
}
