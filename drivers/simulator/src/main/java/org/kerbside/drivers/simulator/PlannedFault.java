package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.kerbside.config.Text;

/** A fault that the site's file wants. */
public record PlannedFault(Fault fault, Text asset, Begin begin, Duration lasts) {

  /** When it begins. */
  public sealed interface Begin {

    /** Every day at this time of the site. */
    record Daily(LocalTime time) implements Begin {}

    /** Once, so long after the street has started, by the site's clock. */
    record After(Duration delay) implements Begin {}
  }

  boolean isActive(Instant now, Instant started, ZoneId zone) {
    return switch (begin) {
      case Begin.After(var delay) -> covers(started.plus(delay), now);
      case Begin.Daily(var time) -> {
        var today = now.atZone(zone).toLocalDate();
        yield covers(today.atTime(time).atZone(zone).toInstant(), now)
            || covers(today.minusDays(1).atTime(time).atZone(zone).toInstant(), now);
      }
    };
  }

  private boolean covers(Instant begun, Instant now) {
    return !now.isBefore(begun) && now.isBefore(begun.plus(lasts));
  }
}
