package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.function.Consumer;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;

/**
 * Tells the journal of what came and nobody has signed whom the site trusts. The first is told at
 * once, further ones as a number once a minute: who holds a stolen password shall not fill the
 * journal. Confined to the uplink's thread.
 */
final class Strangers {

  private static final int LONGEST = 128; // of a name in the audit

  private static final long PACE = Duration.ofMinutes(1).toNanos();

  private final Consumer<Event.Audit> audits;
  private long next; // when it may be told again, as of Clock.nanos
  private int untold;

  /**
   * @param nanos now, as of {@code Clock.nanos}
   */
  Strangers(Consumer<Event.Audit> audits, long nanos) {
    this.audits = audits;
    this.next = nanos;
  }

  /**
   * One came.
   *
   * @param subject what it is about, as it says
   * @param by who it says that it is
   * @param doubt why it does not count
   */
  void came(String subject, String by, String doubt, long nanos, Moment now) {
    untold++;
    if (nanos - next < 0) {
      return;
    }
    var reason = untold == 1 ? doubt : "%s; %d since it was told last".formatted(doubt, untold);
    untold = 0;
    next = nanos + PACE;
    var act = new Act(Issuer.CITY, cut(by), reason, now, null);
    audits.accept(new Event.Audit(now, "unsigned", cut(subject), act));
  }

  /** Whoever sent it may have written anything there. */
  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
