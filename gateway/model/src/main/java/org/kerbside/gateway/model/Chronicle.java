package org.kerbside.gateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened here lately: alarms' changes and people's deeds, as they were committed.
 * Thread-safe.
 */
public interface Chronicle {

  /** A room without one: nothing is known to have happened. */
  Chronicle NONE = () -> new Pages(null, List.of());

  /** What happened, as it stands now. */
  Pages pages();

  /**
   * What is kept of it.
   *
   * @param since from when on it is complete; absent when it never began
   * @param events newest first
   */
  record Pages(@Nullable Moment since, List<Event> events) {
    public Pages {
      events = List.copyOf(events);
    }
  }
}
