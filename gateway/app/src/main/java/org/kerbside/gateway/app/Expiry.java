package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.BitSet;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;

/**
 * When points are due to be stale: one deadline for each that is watched, however often it speaks.
 * Belongs to control's thread.
 */
final class Expiry {

  private record Deadline(Point point, Duration at) {}

  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>((a, b) -> a.at().compareTo(b.at()));
  private final BitSet watched = new BitSet();
  private final Function<Point, Duration> staleAt;

  /**
   * @param staleAt when a point would be stale as it is now, since boot
   */
  Expiry(Function<Point, Duration> staleAt) {
    this.staleAt = staleAt;
  }

  /** What is watched already stays as it is. */
  void watch(Point point) {
    if (!watched.get(point.index())) {
      watch(point, staleAt.apply(point));
    }
  }

  /** Begins to watch it, as if it were stale then, since boot. */
  void watch(Point point, Duration at) {
    watched.set(point.index());
    deadlines.add(new Deadline(point, at));
  }

  /** The next point that is due, and watched no more; null when none is. */
  @Nullable Point due(Moment now) {
    for (var next = deadlines.peek(); next != null; next = deadlines.peek()) {
      if (next.at().compareTo(now.sinceBoot()) > 0) {
        return null;
      }
      deadlines.remove();
      var until = staleAt.apply(next.point());
      if (until.compareTo(now.sinceBoot()) <= 0) {
        watched.clear(next.point().index());
        return next.point();
      }
      deadlines.add(new Deadline(next.point(), until)); // It spoke since the deadline was set.
    }
    return null;
  }

  /** When the next may be, since boot; null when none can. */
  @Nullable Duration wake() {
    var next = deadlines.peek();
    return next == null ? null : next.at();
  }
}
