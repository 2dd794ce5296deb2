package org.kerbside.gateway.journal;

import java.util.List;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;

/**
 * What one commit keeps, whole or not at all.
 *
 * @param at when it is written; orders entries by its monotonic part
 * @param events an {@link Event.Result} among them is also kept as its command's outcome
 * @param accepted commands that may move an actuator once this entry is kept
 * @param keys of deliveries that are acknowledged once this entry is kept: {@link Journal#knows}
 */
public record Entry(
    Moment at,
    List<Reading> readings,
    List<Event> events,
    List<Command> accepted,
    List<String> keys) {

  public Entry {
    readings = List.copyOf(readings);
    events = List.copyOf(events);
    accepted = List.copyOf(accepted);
    keys = List.copyOf(keys);
  }

  boolean isEmpty() {
    return readings.isEmpty() && events.isEmpty() && accepted.isEmpty() && keys.isEmpty();
  }
}
