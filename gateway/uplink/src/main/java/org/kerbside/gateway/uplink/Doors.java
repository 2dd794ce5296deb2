package org.kerbside.gateway.uplink;

import java.util.function.Consumer;
import org.kerbside.gateway.model.CommandDoor;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.GapDoor;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.SiteView;

/**
 * The rooms that the uplink speaks with.
 *
 * @param commands where the city's commands go in
 * @param gaps takes what will never come, to be journalled
 * @param health takes what no rule judges, to be journalled: {@code nobody-listens}; called on the
 *     uplink's thread, must return at once
 * @param signing what comes signed
 */
public record Doors(
    Outbox outbox,
    SiteView view,
    CommandDoor commands,
    GapDoor gaps,
    Consumer<Event.Health> health,
    Signing signing) {

  /** Where nothing comes signed. */
  public Doors(
      Outbox outbox,
      SiteView view,
      CommandDoor commands,
      GapDoor gaps,
      Consumer<Event.Health> health) {
    this(outbox, view, commands, gaps, health, Signing.NONE);
  }
}
