package org.kerbside.gateway.model;

import java.time.LocalTime;
import java.util.List;

/**
 * A part of every day by the site's clock; over midnight where {@code from} is the later.
 *
 * @param from in minutes since midnight, 0 to 1440, within
 * @param to likewise, no longer within
 */
public record Hours(int from, int to) {

  /** A service day of eighteen hours. */
  public static final Hours SERVICE = new Hours(6 * 60, 24 * 60);

  private static final int DAY = 24 * 60;

  public Hours {
    if (from < 0 || from > DAY || to < 0 || to > DAY || from == to) {
      throw new IllegalArgumentException("no part of a day: %d..%d".formatted(from, to));
    }
  }

  /** From {@code 05:00..23:00}, which is checked already. */
  public static Hours of(String written) {
    int dots = written.indexOf("..");
    return new Hours(minute(written.substring(0, dots)), minute(written.substring(dots + 2)));
  }

  private static int minute(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }

  public boolean contains(LocalTime time) {
    int minute = time.getHour() * 60 + time.getMinute();
    return from < to ? from <= minute && minute < to : from <= minute || minute < to;
  }

  /** The times of a day at which it begins or ends. */
  public List<LocalTime> edges() {
    return List.of(edge(from), edge(to));
  }

  private static LocalTime edge(int minute) {
    return LocalTime.of(minute / 60 % 24, minute % 60);
  }
}
