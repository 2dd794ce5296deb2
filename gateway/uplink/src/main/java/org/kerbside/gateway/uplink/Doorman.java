package org.kerbside.gateway.uplink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Signed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;

/**
 * Turns away the city's commands that nobody has signed whom the site trusts. Confined to the
 * uplink's thread.
 */
final class Doorman {

  /** So long the journal knows an id: what is good for longer could be played again. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private final String gateway;
  private final Signing signing;
  private final Strangers strangers;

  /**
   * @param nanos now, as of {@code Clock.nanos}
   */
  Doorman(String gateway, Signing signing, long nanos) {
    this.gateway = gateway;
    this.signing = signing;
    this.strangers = new Strangers(signing.audits(), nanos);
  }

  /** Why a command does not count. */
  record Turned(String reason, String detail) {}

  @Nullable Turned turnsAway(Command command, byte[] payload, long nanos, Moment now)
      throws Malformed {
    var doubt = doubts(command.id(), payload);
    if (doubt != null) {
      strangers.came(command.point(), command.by(), doubt, nanos, now);
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
    return signing.seals().need() == Signed.REQUIRED
        && expires != null
        && now.clock() != ClockQuality.NONE
        && expires.isAfter(now.wall().plus(REMEMBERED));
  }
}
