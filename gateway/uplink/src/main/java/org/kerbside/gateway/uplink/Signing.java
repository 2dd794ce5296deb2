package org.kerbside.gateway.uplink;

import java.util.function.Consumer;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.WantDoor;

/**
 * What comes signed from the city.
 *
 * @param seals whose signature counts
 * @param wants where the configuration that the city wants goes in
 * @param audits hears of what was refused for its signature, to be journalled; called on the
 *     uplink's thread, must return at once
 */
public record Signing(Seals seals, WantDoor wants, Consumer<Event.Audit> audits) {

  /** Nothing does. */
  public static final Signing NONE = new Signing(Seals.NONE, WantDoor.CLOSED, told -> {});
}
