package org.kerbside.gateway.uplink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;

/**
 * Turns away the city's commands that nobody has signed whom the site trusts. The first is told at
 * once, further ones as a number once a minute: who holds a stolen password shall not fill the
 * journal. Confined to the uplink's thread.
 */
final class Doorman {

  /** So long the journal knows an id: what is good for longer could be played again. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final int LONGEST = 128; // of a name in the audit

  private static final long PACE = Duration.ofMinutes(1).toNanos();

  private final String gateway;
  private final Signing signing;
  private long next; // when it may be told again, as of Clock.nanos
  private int untold;

  /**
   * @param nanos now, as of {@code Clock.nanos}
   */
  Doorman(String gateway, Signing signing, long nanos) {
    this.gateway = gateway;
    this.signing = signing;
    this.next = nanos;
  }

  /** Why a command does not count. */
  record Turned(String reason, String detail) {}

  @Nullable Turned turnsAway(Command command, byte[] payload, long nanos, Moment now)
      throws Malformed {
    var doubt = doubts(command.id(), payload);
    if (doubt != null) {
      tell(command, doubt, nanos, now);
      return new Turned("unsigned", doubt);
    }
    return isTooLong(command, now)
        ? new Turned("no-expiry", "signed commands expire within 7 days")
        : null;
  }

  private @Nullable String doubts(String id, byte[] payload) throws Malformed {
    if (signing.seals().equals(Seals.NONE)) {
      return null;
    }
    try (var json = CommandReader.JSON.createParser(ObjectReadContext.empty(), payload)) {
      return signing.seals().doubts(gateway, id, Canonical.read(json));
    } catch (JacksonException cause) {
      throw new Malformed("no JSON: " + cause.getOriginalMessage());
    }
  }

  /** Without a clock nothing expires, and the desk refuses it for that. */
  private boolean isTooLong(Command command, Moment now) {
    var expires = command.expires();
    return signing.seals().need() == Seals.Need.REQUIRED
        && expires != null
        && now.clock() != ClockQuality.NONE
        && expires.isAfter(now.wall().plus(REMEMBERED));
  }

  private void tell(Command command, String doubt, long nanos, Moment now) {
    untold++;
    if (nanos - next < 0) {
      return;
    }
    var reason = untold == 1 ? doubt : "%s; %d since it was told last".formatted(doubt, untold);
    untold = 0;
    next = nanos + PACE;
    signing
        .audits()
        .accept(
            new Event.Audit(
                now,
                "unsigned",
                cut(command.point()),
                new Act(Issuer.CITY, cut(command.by()), reason, now, null)));
  }

  /** Whoever sent it may have written anything there. */
  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
