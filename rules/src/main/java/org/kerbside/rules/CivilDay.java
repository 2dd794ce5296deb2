package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The day that is open where the site is, from one closing to the next: 23 or 25 hours long where
 * the summer's time begins or ends. It ends by the clock, and only when about a day has passed: a
 * clock that jumps, forward or back, ends no day, and the open one goes on under the date that the
 * clock now tells. Belongs to the thread of its {@link Memory}.
 */
final class CivilDay {

  private static final Duration TOLERANCE = Duration.ofHours(2); // a clock that is set a little

  private final LocalTime closes;
  private final ZoneId zone;
  private @Nullable LocalDate open; // named by its beginning; absent until it is known
  private @Nullable Instant closing; // by the wall; absent while that is to be asked
  private long due = Long.MIN_VALUE; // ns since boot: when it closes if nobody sets the clock
  private long earliest = Long.MIN_VALUE; // likewise, if somebody sets it a little

  CivilDay(LocalTime closes, ZoneId zone) {
    this.closes = closes;
    this.zone = zone;
  }

  /** Absent until a time was known. */
  @Nullable LocalDate open() {
    return open;
  }

  /** The open day, as it is noted; null while none is. */
  @Nullable String noted() {
    return open == null ? null : open.toString();
  }

  /** Goes on with a day that another process opened. */
  void recall(@Nullable String noted) {
    open = noted == null ? null : LocalDate.parse(noted);
  }

  /** Somebody set the clock: it is to be asked again. */
  void clockSet() {
    closing = null;
  }

  /** Whether the time alone has not changed what day it is. */
  boolean isOpenAt(Instant wall) {
    return closing != null && wall.isBefore(closing);
  }

  /** When it closes by the wall; null while nobody knows. */
  @Nullable Instant closing() {
    return closing;
  }

  /** When it began by the wall, at a time within it. */
  Instant began(Instant wall) {
    return at(day(wall));
  }

  /**
   * Opens the day that it is now.
   *
   * @param nanos since boot
   * @return the day that is over by that; null when none is
   */
  @Nullable LocalDate turn(Instant wall, long nanos) {
    if (isOpenAt(wall)) {
      return null;
    }
    var today = day(wall);
    var before = open;
    closing = at(today.plusDays(1));
    open = today;
    if (before != null && !isOver(before, today, nanos)) {
      return null;
    }
    due = nanos + Duration.between(wall, closing).toNanos();
    earliest = due - TOLERANCE.toNanos();
    return before;
  }

  private boolean isOver(LocalDate before, LocalDate today, long nanos) {
    boolean isNext = today.equals(before.plusDays(1));
    return today.isAfter(before) && nanos >= (isNext ? earliest : due);
  }

  private LocalDate day(Instant wall) {
    var local = wall.atZone(zone);
    boolean isBefore = local.toLocalTime().isBefore(closes);
    return isBefore ? local.toLocalDate().minusDays(1) : local.toLocalDate();
  }

  private Instant at(LocalDate day) {
    return day.atTime(closes).atZone(zone).toInstant();
  }
}
