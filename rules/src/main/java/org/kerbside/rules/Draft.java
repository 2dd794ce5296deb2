package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/** A plan while it is made. */
final class Draft {

  /** A clock that is set is noticed by then. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Moment now;
  private final List<Order> orders = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private Duration wait = LONGEST_WAIT;

  Draft(Moment now) {
    this.now = now;
  }

  void order(Point output, Value value, String by) {
    orders.add(new Order(output, value, Issuer.PROGRAMME, by));
  }

  void tell(String what, String subject, String... detail) {
    events.add(new Event.Health(now, what, subject, List.of(detail)));
  }

  /** Not to be asked later than in so long. */
  void waits(Duration atMost) {
    wait = atMost.compareTo(wait) < 0 ? atMost : wait;
  }

  void waits(@Nullable Instant until, Instant wall) {
    if (until != null) {
      waits(Duration.between(wall, until));
    }
  }

  Plan plan() {
    return new Plan(orders, events, now.sinceBoot().plus(wait.isNegative() ? Duration.ZERO : wait));
  }
}
