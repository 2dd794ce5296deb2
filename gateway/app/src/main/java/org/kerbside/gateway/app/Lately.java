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
 * What happened lately, the last {@value #MOST} events that people ask about. In memory, and in a
 * diary for the next start: the journal keeps them for the city, and frees them once it has them.
 */
public final class Lately implements Chronicle {

  private static final int MOST = 1_000;

  private final Diary diary;

  // Guarded by this; newest first.
  private final Deque<Event> events = new ArrayDeque<>();
  private Moment since; // from when on nothing is missing; likewise

  public Lately(Diary diary, Clock clock) {
    this.diary = diary;
    since = clock.now();
  }

  /** Takes events that are committed; waits for the disk. */
  public void hear(List<Event> committed) {
    var asked = committed.stream().filter(Lately::isAsked).toList();
    diary.keep(asked);
    add(asked);
  }

  /** Knows afterwards what happened before the start; waits for the disk. */
  public void recall() {
    add(diary.earlier());
  }

  private synchronized void add(Pages earlier) {
    events.addAll(earlier.events());
    since = earlier.since() == null ? since : earlier.since();
    forget();
  }

  private synchronized void add(List<Event> asked) {
    asked.forEach(events::addFirst);
    forget();
  }

  private void forget() {
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
