package org.kerbside.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Site;
import org.shredzone.commons.suncalc.SunTimes;

/** When the sun rises and sets at the site, by its civil days. */
record Sun(Site site) {

  /** Null where it does not rise that day. */
  @Nullable Instant rise(LocalDate day) {
    return instant(times(day).getRise());
  }

  /** Null where it does not set that day. */
  @Nullable Instant set(LocalDate day) {
    return instant(times(day).getSet());
  }

  /** Whether it is below the horizon. */
  boolean isDown(Instant at) {
    return new Almanac(site).elevation(at) < Almanac.SUNSET;
  }

  private SunTimes times(LocalDate day) {
    return SunTimes.compute()
        .on(day)
        .timezone(site.zone())
        .at(site.latitude(), site.longitude())
        .oneDay()
        .execute();
  }

  private static @Nullable Instant instant(@Nullable ZonedDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
