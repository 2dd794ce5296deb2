package org.kerbside.gateway.page;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/** Civil times in the site's zone, whatever zone the phone is in. */
record Times(ZoneId zone, Moment now) {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final DateTimeFormatter OTHER_DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm");

  String clock() {
    return CLOCK.format(local(now));
  }

  String day(Instant time) {
    return DAY.format(time.atZone(zone));
  }

  String at(Moment moment) {
    var local = local(moment);
    var today = local.toLocalDate().equals(local(now).toLocalDate());
    return (today ? TODAY : OTHER_DAY).format(local);
  }

  private ZonedDateTime local(Moment moment) {
    // What was noted before the time was known is dated by its age.
    boolean dated = moment.clock() != ClockQuality.NONE || now.clock() == ClockQuality.NONE;
    var wall = dated ? moment.wall() : now.wall().minus(now.since(moment));
    return wall.atZone(zone);
  }
}
