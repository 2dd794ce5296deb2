package org.kerbside.gateway.page;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/** Who reads: what tells of people is for those who work here. */
enum Reader {
  VIEWER,
  CREW;

  private static final Duration AN_HOUR = Duration.ofHours(1);

  /** Who reads in a session; without one, anybody. */
  static Reader of(@Nullable Session session) {
    return session != null && session.role().covers(Role.CREW) ? CREW : VIEWER;
  }

  /** Whether he may see an asset's past: a stall's tells when somebody came and went. */
  boolean seesPast(Asset asset) {
    return this == CREW || !asset.kind().tellsOfPeople();
  }

  /** The shortest step in which he may see a point's past: visitors one by one are nobody's. */
  Duration least(Point point) {
    return this == VIEWER && isCounted(point) ? AN_HOUR : Duration.ZERO;
  }

  /** A reason in his words; what somebody wrote himself may be about people. */
  String reads(String reason, Words words) {
    var chosen = words.find("why." + reason.replace(' ', '-'));
    return chosen != null ? chosen : this == CREW ? reason : "";
  }

  private static boolean isCounted(Point point) {
    return switch (point.spec().type()) {
      case NUM, COUNTER -> point.unit().symbol().equals("count");
      case FLAG, STATE -> false;
    };
  }
}
