package org.kerbside.gateway.journal;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Value;

/**
 * One point's minutes as they come about, by the wall's milliseconds. A value holds until the next
 * reading; bad and stale are readings that end it. Not thread-safe.
 */
final class Timeline {

  static final long MINUTE = 60_000;

  /** Of more minutes that nobody has taken yet the oldest go: a backlog of more than a day. */
  static final int MOST = 1_500;

  private final Point point;
  private final NavigableMap<Long, Roll> minutes = new TreeMap<>(); // by their starts
  private long told = Long.MIN_VALUE; // all before is in the minutes, known or not
  private long newest = Long.MIN_VALUE; // the time of the reading that is held
  private @Nullable Value held;
  private boolean isDoubted;
  private long holdsTo;

  Timeline(Point point) {
    this.point = point;
  }

  Point point() {
    return point;
  }

  /** A reading of that time. One that comes late counts in its minute and is held from now on. */
  void hear(Reading reading, long at) {
    advance(at);
    if (reading.value() != null) {
      minute(at).count(reading.value());
    }
    if (at >= newest) {
      newest = at;
      held = reading.value();
      isDoubted = reading.quality() instanceof Quality.Uncertain;
      holdsTo = at + longest();
    }
  }

  /** While it is heard at all, it enters a frame each beat, and is told stale after three more. */
  private long longest() {
    return point.spec().beat().multipliedBy(Seen.STALE_AFTER + 1).toMillis();
  }

  /** Tells the minutes up to a time. */
  void advance(long to) {
    var value = held;
    if (value != null) {
      for (long at = told, end = Math.min(to, holdsTo); at < end; ) {
        long next = Math.min(end, start(at) + MINUTE);
        minute(at).hold(value, next - at, isDoubted ? next - at : 0);
        at = next;
      }
    }
    told = Math.max(told, to);
  }

  /** The wall's clock was set by so much, just now: the time between never was, or is again. */
  void step(long by, long now) {
    advance(now - by);
    told = now;
    newest = held == null ? now : newest + by;
    holdsTo += by;
  }

  /** Takes out the minutes before a time. */
  Map<Long, Roll> take(long before) {
    var past = minutes.headMap(before, false);
    var taken = new TreeMap<>(past);
    past.clear();
    return taken;
  }

  /** Puts back what could not be written. */
  void giveBack(Map<Long, Roll> unwritten) {
    unwritten.forEach(
        (start, roll) -> {
          var since = minutes.put(start, roll);
          if (since != null) {
            roll.add(since);
          }
        });
  }

  /** The minutes that nobody took yet. */
  NavigableMap<Long, Roll> minutes() {
    return minutes;
  }

  private Roll minute(long at) {
    var roll = minutes.computeIfAbsent(start(at), _ -> new Roll());
    if (minutes.size() > MOST) {
      minutes.pollFirstEntry();
    }
    return roll;
  }

  private static long start(long at) {
    return Math.floorDiv(at, MINUTE) * MINUTE;
  }
}
