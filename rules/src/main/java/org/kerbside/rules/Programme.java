package org.kerbside.rules;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Order;

/** What the outputs of one kind do by themselves: a pure function of civil time and sun. */
sealed interface Programme permits Lighting, Watering {

  /** Says the value of each output; returns when the next step is due, or null. */
  @Nullable Instant decide(Instant wall, Consumer<Order> orders);

  /** Says what each output does while nobody knows the time. */
  void decideWithoutClock(Consumer<Order> orders);
}
