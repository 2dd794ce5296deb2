package org.kerbside.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The day of a job code: from 04:00 to 04:00 by the site's clocks, when shifts are neither ending
 * nor beginning. Counted as days since 1970-01-01.
 */
public final class JobDay {

  private static final LocalTime BEGINS = LocalTime.of(4, 0);

  /** How long yesterday's code is still taken: who read it before 04:00 may type it after. */
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  private JobDay() {}

  /** Never goes back, not even where clocks are set back over 04:00. */
  public static long at(Instant now, ZoneId zone) {
    var date = now.atZone(zone).toLocalDate();
    return now.isBefore(beginning(date, zone)) ? date.toEpochDay() - 1 : date.toEpochDay();
  }

  /** The first day whose code is taken now: yesterday in the first ten minutes, else today. */
  static long first(Instant now, ZoneId zone) {
    return at(now.minus(OVERLAP), zone);
  }

  /** When the day after the one that runs now begins. */
  static Instant end(Instant now, ZoneId zone) {
    return beginning(LocalDate.ofEpochDay(at(now, zone) + 1), zone);
  }

  private static Instant beginning(LocalDate date, ZoneId zone) {
    return date.atTime(BEGINS).atZone(zone).toInstant();
  }
}
