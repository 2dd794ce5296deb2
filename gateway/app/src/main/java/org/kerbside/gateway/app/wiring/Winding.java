package org.kerbside.gateway.app.wiring;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.ClockDoor;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;

/**
 * What somebody at the page says the time is.
 *
 * @param changes hears that the time is known, as from the clock's own watch
 * @param audit hears who said it
 */
record Winding(SiteClock clock, Consumer<Event.Clock> changes, Consumer<Event.Audit> audit)
    implements ClockDoor {

  private static final String WHAT = "clock";

  @Override
  public Answer set(Instant said, String by) {
    var answer = clock.set(said, by, changes);
    if (answer == Answer.SET) {
      var now = clock.now();
      var act = new Act(Issuer.CREW, by, "", now, null);
      audit.accept(new Event.Audit(now, WHAT, WHAT, act));
    }
    return answer;
  }

  @Override
  public Instant floor() {
    return clock.lastKnown();
  }

  @Override
  public @Nullable String by() {
    return clock.by();
  }
}
