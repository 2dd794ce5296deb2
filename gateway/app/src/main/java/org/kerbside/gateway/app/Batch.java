package org.kerbside.gateway.app;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Reading;

/**
 * What one turn of control decided: the unit of work of the writer and of the routes behind it.
 *
 * @param readings those that enter a frame
 * @param accepted commands whose ids must be durable before they move anything
 * @param keys of the deliveries in it, where the transport can name them
 * @param receipts of everybody who waits for an acknowledgement
 * @param memories at most one: what must be remembered once this is kept
 */
public record Batch(
    List<Reading> readings,
    List<Event> events,
    List<Command> accepted,
    List<String> keys,
    List<Receipt> receipts,
    List<Memories> memories) {

  /** What it costs to have it wait. */
  int weight() {
    return readings.size() + events.size() + receipts.size() + 1;
  }

  static Batch empty() {
    return new Batch(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Alarms, commands and outcomes wait for no company. */
  boolean isUrgent() {
    return !events.isEmpty() || !accepted.isEmpty();
  }

  boolean isEmpty() {
    return readings.isEmpty()
        && events.isEmpty()
        && accepted.isEmpty()
        && receipts.isEmpty()
        && memories.isEmpty();
  }
}
