package org.kerbside.gateway.app;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/**
 * What happened since the gateway began, the last {@value #MOST} events that people ask about. In
 * memory: the journal keeps them for the city, and frees them once it has them.
 */
public final class Lately implements Chronicle {

  private static final int MOST = 1_000;

  // Guarded by this; newest first.
  private final Deque<Event> events = new ArrayDeque<>();
  private Moment since; // from when on nothing is missing; likewise

  public Lately(Clock clock) {
    since = clock.now();
  }

  /** Takes events that are committed. */
  public synchronized void hear(List<Event> committed) {
    for (var event : committed) {
      if (isAsked(event)) {
        events.addFirst(event);
      }
    }
    while (events.size() > MOST) {
      since = events.removeLast().at();
    }
  }

  @Override
  public synchronized Pages pages() {
    return new Pages(since, new ArrayList<>(events));
  }

  private static boolean isAsked(Event event) {
    return switch (event) {
      case Event.AlarmChanged changed -> true;
      case Event.Audit audit -> true;
      case Event.Commission commission -> true;
      case Event.Kpi kpi -> false;
      case Event.Result result -> false;
      case Event.Gap gap -> false;
      case Event.Health health -> false;
      case Event.Clock clock -> false;
    };
  }
}
