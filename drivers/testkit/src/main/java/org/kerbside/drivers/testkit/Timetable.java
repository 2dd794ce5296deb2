package org.kerbside.drivers.testkit;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * Simulated time: actions in the order of their times, and of two at the same time the one that was
 * put down first. Time passes only from action to action. For one thread.
 */
public final class Timetable {

  private record Entry(long at, long order, Runnable action) implements Comparable<Entry> {

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long now;
  private long order;

  /** Since it began, in ns. */
  public long nanos() {
    return now;
  }

  /** Puts an action down for a while from now; none is put down in the past. */
  public void after(Duration wait, Runnable action) {
    at(now + wait.toNanos(), action);
  }

  /** Puts an action down for a time in ns. */
  public void at(long nanos, Runnable action) {
    entries.add(new Entry(Math.max(now, nanos), order++, action));
  }

  /** When the next action is, in ns; the greatest long when there is none. */
  public long next() {
    var first = entries.peek();
    return first == null ? Long.MAX_VALUE : first.at;
  }

  /** Passes to a time that no action stands before. */
  public void pass(long nanos) {
    if (nanos < now || nanos > next()) {
      throw new IllegalArgumentException(
          "%d is not between %d and %d".formatted(nanos, now, next()));
    }
    now = nanos;
  }

  /** Does the next action, when its time has come. */
  public boolean act() {
    if (next() > now) {
      return false;
    }
    entries.remove().action.run();
    return true;
  }
}
