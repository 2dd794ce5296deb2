package org.kerbside.rules;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Order;

/**
 * What the rules make of a batch.
 *
 * @param events alarms that changed, and rules that had to be switched off
 * @param wake the time since boot at which a rule wants to be asked again though nothing was heard;
 *     absent when none waits
 */
public record Decided(List<Event> events, List<Order> orders, @Nullable Duration wake) {

  public Decided {
    events = List.copyOf(events);
    orders = List.copyOf(orders);
  }
}
