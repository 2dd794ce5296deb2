package org.kerbside.gateway.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/**
 * Of which days codes are taken: today's; or, while nobody knows what day it is, those of the last
 * known day and of the {@value #LATER} after it. A code that was taken says that it is no earlier.
 * Not thread-safe.
 */
final class JobDays {

  private static final int LATER = 30;
  private static final int LATEST = 3_653; // ten years: no gateway waits so long

  private final ZoneId zone;
  private long floor; // the earliest day that it may be, as far as is known

  JobDays(ZoneId zone, Instant lastKnown) {
    this.zone = zone;
    this.floor = JobDay.at(lastKnown, zone);
  }

  /** Days from first to last. */
  record Span(long first, long last) {}

  /**
   * As well, by the word of somebody at the open cabinet: the day that he says, and the one before,
   * whose codes are good until four; none while the day is known, nor before the last known one.
   */
  @Nullable Span told(Moment now, LocalDate today) {
    long day = today.toEpochDay();
    return now.clock() != ClockQuality.NONE || day < floor || day > floor + LATEST
        ? null
        : new Span(Math.max(floor, day - 1), day);
  }

  Span taken(Moment now) {
    return now.clock() == ClockQuality.NONE
        ? new Span(floor, floor + LATER)
        : new Span(JobDay.first(now.wall(), zone), JobDay.at(now.wall(), zone));
  }

  /** Null while nobody knows. */
  @Nullable Long today(Moment now) {
    return now.clock() == ClockQuality.NONE ? null : JobDay.at(now.wall(), zone);
  }

  void accepted(long day) {
    floor = Math.max(floor, day);
  }
}
