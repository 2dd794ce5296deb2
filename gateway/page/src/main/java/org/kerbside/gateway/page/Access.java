package org.kerbside.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/**
 * By what the page tells who may do what.
 *
 * @param keys of the roles whose job codes are taken; without any, nobody is let in
 * @param clock what codes, sessions and locks go by: real time, even where the site's is simulated
 * @param lastKnown no day before its own is today, for a clock that is not to be believed
 * @param visitors who is in already
 * @param audit hears who came and went, and who was locked out; must return at once
 */
public record Access(
    Map<Role, RoleKey> keys,
    Clock clock,
    Instant lastKnown,
    Visitors visitors,
    CabinetButton button,
    Consumer<Event.Audit> audit) {

  /** A page that lets nobody in. */
  public static final Access CLOSED =
      new Access(
          Map.of(),
          new Stopped(),
          Instant.EPOCH,
          new Visitors(() -> 0),
          CabinetButton.NONE,
          audit -> {});

  public Access {
    keys = Map.copyOf(keys);
  }

  /** Where nobody is let in, no time passes. */
  private record Stopped() implements Clock {

    @Override
    public Moment now() {
      return new Moment(Instant.EPOCH, ClockQuality.NONE, Duration.ZERO);
    }

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }
}
