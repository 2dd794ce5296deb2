package org.kerbside.drivers.board;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What an input is at, bounces taken out: a level counts once it has stayed for the debounce time.
 * One that changes too often, or does not come to rest at all, is flapping; a filter that only
 * waits for quiet would never tell of chatter. Times are nanoseconds of any monotonic clock, and
 * never go back.
 */
final class Contact {

  private static final int RESTLESS = 20; // debounce times without rest are chatter

  /**
   * How an input is treated.
   *
   * @param debounce a level must last so long, ns
   * @param flaps so many changes are still good
   * @param within the time in which they are counted, ns
   */
  record Treatment(long debounce, int flaps, long within) {}

  private final Treatment treatment;
  private final Deque<Long> changes = new ArrayDeque<>(); // the newest flaps + 1, oldest first
  private @Nullable Level level; // at rest; absent before it was the first time
  private @Nullable Level raw; // as last heard
  private long since; // raw is so
  private long stirred; // when the present unrest began
  private long calm = Long.MIN_VALUE; // chatter is flapping until then
  private boolean flapping;

  Contact(Treatment treatment) {
    this.treatment = treatment;
  }

  /** At rest; absent before it was the first time. */
  @Nullable Level level() {
    return level;
  }

  /** As last heard, bounces and all; absent before the first time. */
  @Nullable Level raw() {
    return raw;
  }

  boolean isFlapping() {
    return flapping;
  }

  /** An edge, or what the line is found at. */
  void hears(Level heard, long now) {
    if (heard == raw) {
      return;
    }
    if (raw == null || now - since >= treatment.debounce()) {
      stirred = now;
    }
    raw = heard;
    since = now;
  }

  /** Takes what has become of it by now; true when level or flapping is another. */
  boolean settles(long now) {
    boolean isNews = false;
    boolean isQuiet = now - since >= treatment.debounce();
    if (isQuiet && raw != null && raw != level) {
      count(since + treatment.debounce());
      level = raw;
      isNews = true;
    }
    if (!isQuiet && raw != null && now - stirred >= RESTLESS * treatment.debounce()) {
      calm = now + treatment.within();
    }
    boolean was = flapping;
    flapping = now < calm || now < often();
    return isNews || flapping != was;
  }

  /** When it may be another without an edge; the greatest number when it will not. */
  long due() {
    if (raw == null) {
      return Long.MAX_VALUE;
    }
    long due = raw != level ? since + treatment.debounce() : Long.MAX_VALUE;
    return flapping ? Math.min(due, Math.max(calm, often())) : due;
  }

  private void count(long at) {
    if (level == null) {
      return; // The first is no change.
    }
    changes.add(at);
    if (changes.size() > treatment.flaps() + 1) {
      changes.remove();
    }
  }

  /** Until when it has changed too often. */
  private long often() {
    var oldest = changes.peek();
    return oldest == null || changes.size() <= treatment.flaps()
        ? Long.MIN_VALUE
        : oldest + treatment.within();
  }
}
