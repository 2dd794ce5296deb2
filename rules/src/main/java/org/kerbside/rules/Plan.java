package org.kerbside.rules;

import java.time.Duration;
import java.util.List;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Order;

/**
 * What outputs do when nobody orders otherwise.
 *
 * @param orders the value that each output should have now
 * @param events what is to be told of it: who was not watered, and why
 * @param wake the time since boot at which to ask again: a step is due, or the clock may have been
 *     set meanwhile
 */
public record Plan(List<Order> orders, List<Event> events, Duration wake) {

  public Plan {
    orders = List.copyOf(orders);
    events = List.copyOf(events);
  }
}
