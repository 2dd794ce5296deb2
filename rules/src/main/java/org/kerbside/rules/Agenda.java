package org.kerbside.rules;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * When each watch is to be looked at though nothing is heard, since boot. One entry a watch at most
 * is queued, however often its time changes: an early one that is void queues the right one in its
 * place. Belongs to its {@link Memory}.
 */
final class Agenda {

  /** When to look at a standing; void unless it is the one that the standing has queued. */
  private record Deadline(Duration due, int watch) {
    private static final Comparator<Deadline> ORDER =
        Comparator.comparing(Deadline::due).thenComparingInt(Deadline::watch);
  }

  private final PriorityQueue<Deadline> queue = new PriorityQueue<>(Deadline.ORDER);
  private final Standing[] standings; // by watch; its memory's own

  Agenda(Standing[] standings) {
    this.standings = standings;
  }

  /** That watch is to be looked at then; null when it waits for no time. */
  void await(int watch, @Nullable Duration due) {
    var standing = standings[watch];
    standing.due = due;
    if (due != null && (standing.queued == null || due.compareTo(standing.queued) < 0)) {
      add(watch, due);
    }
  }

  /** The next watch whose time has come, or -1. */
  int take(Duration now) {
    var next = first();
    if (next == null || next.due().compareTo(now) > 0) {
      return -1;
    }
    queue.remove();
    standings[next.watch()].queued = null;
    standings[next.watch()].due = null;
    return next.watch();
  }

  /** When the next one is due, since boot; null when none waits. */
  @Nullable Duration next() {
    var next = first();
    return next == null ? null : next.due();
  }

  private void add(int watch, Duration due) {
    queue.add(new Deadline(due, watch));
    standings[watch].queued = due;
  }

  private @Nullable Deadline first() {
    for (var next = queue.peek(); next != null; next = queue.peek()) {
      var standing = standings[next.watch()];
      if (next.due().equals(standing.queued)) {
        if (next.due().equals(standing.due)) {
          return next;
        }
        standing.queued = null;
      }
      queue.remove();
      if (standing.queued == null && standing.due != null) {
        add(next.watch(), standing.due);
      }
    }
    return null;
  }
}
