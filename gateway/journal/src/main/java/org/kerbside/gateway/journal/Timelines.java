package org.kerbside.gateway.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.Reading;

/**
 * The timelines of all points, and the time that they go by. While nobody knows it, readings wait.
 * A step of the clock parts what was before from what is after: the minutes it jumps over are
 * unknown, those it passes twice have both. Thread-safe; never waits for a disk.
 */
final class Timelines {

  private static final Duration STEP = Duration.ofSeconds(1); // less is slewing

  /** A source may be ahead of us by so much; what is more is taken for the time of receipt. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final int MOST_WAITING = 4_096; // readings; the oldest go

  // Guarded by this.
  private final Map<PointId, Timeline> byName = new HashMap<>();
  private @Nullable Timeline[] byIndex = new Timeline[64];
  private final ArrayDeque<Reading> waiting = new ArrayDeque<>();
  private long untaken; // minutes that were begun since the last taking
  private @Nullable Instant zero; // the wall's time at our start; absent while nobody knows it

  /** How many minutes nobody has taken yet, about. */
  synchronized long hear(List<Reading> readings, Moment now) {
    if (now.clock() == ClockQuality.NONE) {
      readings.forEach(this::waits);
      return 0;
    }
    learn(now);
    for (var reading : readings) {
      hear(reading, now);
    }
    return untaken;
  }

  /** Takes out all minutes before a time, of every point that has some. */
  synchronized Map<Timeline, Map<Long, Roll>> take(long before, Moment now) {
    var taken = new HashMap<Timeline, Map<Long, Roll>>();
    if (now.clock() == ClockQuality.NONE) {
      return taken;
    }
    learn(now);
    untaken = 0;
    for (var timeline : byIndex) {
      if (timeline != null) {
        timeline.advance(now.wall().toEpochMilli());
        var minutes = timeline.take(before);
        if (!minutes.isEmpty()) {
          taken.put(timeline, minutes);
        }
      }
    }
    return taken;
  }

  /** Puts back what could not be written; at most so many minutes, the rest is unknown. */
  synchronized void giveBack(Map<Timeline, Map<Long, Roll>> unwritten, int most) {
    long rolls = 0;
    for (var entry : unwritten.entrySet()) {
      rolls += entry.getValue().size();
      if (rolls <= most) {
        entry.getKey().giveBack(entry.getValue());
      }
    }
  }

  /** The minutes of one point that nobody took yet, up to now. */
  synchronized List<HistoryFile.Stretch> untaken(PointId point, long from, long to, Moment now) {
    var timeline = byName.get(point);
    if (timeline == null || now.clock() == ClockQuality.NONE) {
      return List.of();
    }
    learn(now);
    timeline.advance(now.wall().toEpochMilli());
    var found = new ArrayList<HistoryFile.Stretch>();
    var minutes = timeline.minutes().subMap(from, Math.max(from, to));
    for (var minute : minutes.entrySet()) {
      var copy = new Roll();
      copy.add(minute.getValue());
      found.add(new HistoryFile.Stretch(minute.getKey(), Timeline.MINUTE, copy));
    }
    return found;
  }

  private void waits(Reading reading) {
    if (waiting.size() == MOST_WAITING) {
      waiting.removeFirst();
    }
    waiting.add(reading);
  }

  /** What the wall's time was when we started, as far as is known now. */
  private void learn(Moment now) {
    var before = zero;
    var known = now.wall().minus(now.sinceBoot());
    zero = known;
    if (before == null) {
      waiting.forEach(reading -> hear(reading, now));
      waiting.clear();
      return;
    }
    var by = Duration.between(before, known);
    if (by.abs().compareTo(STEP) > 0) {
      for (var timeline : byIndex) {
        if (timeline != null) {
          timeline.step(by.toMillis(), now.wall().toEpochMilli());
        }
      }
    }
  }

  private void hear(Reading reading, Moment now) {
    var timeline = timeline(reading.point());
    int before = timeline.minutes().size();
    timeline.hear(reading, at(reading, now));
    untaken += timeline.minutes().size() - before;
  }

  /** A source's own time, if it can be; else when it came, by the clock as it is known now. */
  private static long at(Reading reading, Moment now) {
    return switch (reading.timing()) {
      case RECEIPT -> now.wall().minus(now.since(reading.at())).toEpochMilli();
      case SOURCE -> {
        var told = reading.at().wall();
        yield (told.isAfter(now.wall().plus(AHEAD)) ? now.wall() : told).toEpochMilli();
      }
    };
  }

  private Timeline timeline(Point point) {
    if (point.index() >= byIndex.length) {
      byIndex = Arrays.copyOf(byIndex, Math.max(2 * byIndex.length, point.index() + 1));
    }
    var known = byIndex[point.index()];
    if (known == null) {
      known = new Timeline(point);
      byIndex[point.index()] = known;
      byName.put(point.id(), known);
    }
    return known;
  }
}
