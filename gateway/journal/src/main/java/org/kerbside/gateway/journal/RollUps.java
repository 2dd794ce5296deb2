package org.kerbside.gateway.journal;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The site's history: rolls up what was committed, minute by minute, in memory, and writes whole
 * blocks of ten minutes. After a kill the minutes that were not written are unknown: ten at most.
 *
 * <p>{@link #hear} costs no disk and may be called from any thread, as may {@link #of}; a thread of
 * its own writes.
 */
public final class RollUps implements History, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RollUps.class);

  private static final Duration PACE = Duration.ofMinutes(1);
  private static final Duration LEAST_PACE = Duration.ofSeconds(1); // real time
  private static final int MANY_ROLLS = 8_192; // minutes in memory, about 1 MB
  private static final int MOST_ROLLS = 32_768; // minutes that wait for a disk, about 4 MB

  private final Clock clock;
  private final HistoryFile file;
  private final Timelines timelines = new Timelines();
  private final Thread writing = Thread.ofPlatform().name("history").unstarted(this::write);
  private final Object turn = new Object(); // one settles at a time
  private boolean stopping; // guarded by this, as the next
  private boolean isHurried;
  private boolean refused; // by the disk, and told; guarded by the turn
  private long thinned; // the hour; likewise

  /**
   * @param folder where its file lies; opened when it is first needed
   * @param quota bytes of the file
   */
  public RollUps(Path folder, long quota, Clock clock) {
    this.clock = clock;
    file = new HistoryFile(folder, quota);
  }

  /** Begins to write. */
  public void start() {
    writing.start();
  }

  /** Takes readings that are committed, in their order. */
  public void hear(List<Reading> readings) {
    if (timelines.hear(readings, clock.now()) > MANY_ROLLS) {
      hurry();
    }
  }

  /** A backlog of many points: what is over goes to the disk at once. */
  private synchronized void hurry() {
    isHurried = true;
    notifyAll();
  }

  @Override
  public Series of(PointId point, Instant from, Instant to, Duration step) {
    long asked = Math.max(1, step.plusMillis(Timeline.MINUTE - 1).toMinutes()) * Timeline.MINUTE;
    long first = Math.floorDiv(from.toEpochMilli(), asked) * asked;
    long end = to.toEpochMilli();
    var stretches = new ArrayList<HistoryFile.Stretch>();
    synchronized (turn) { // or what is on its way to the disk would be in neither
      stretches.addAll(written(point, first, end));
      stretches.addAll(timelines.untaken(point, first, end, clock.now()));
    }
    stretches.sort(Comparator.comparingLong(HistoryFile.Stretch::start));
    return Buckets.of(stretches, asked);
  }

  private List<HistoryFile.Stretch> written(PointId point, long from, long to) {
    try {
      return file.read(point, from, to);
    } catch (SQLException refusal) {
      LOG.warn("{}: not read: '{}'", HistoryFile.FILE, refusal.getMessage());
      return List.of();
    }
  }

  /** Writes all that it has and closes. */
  @Override
  public void close() {
    synchronized (this) {
      stopping = true;
      notifyAll();
    }
    try {
      writing.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return; // Its thread has the file still.
    }
    settle(Long.MAX_VALUE);
    file.close();
  }

  /** Writes the blocks that are over; what its thread does once a minute. */
  public void settle() {
    long now = clock.now().wall().toEpochMilli();
    settle(Math.floorDiv(now, HistoryFile.BLOCK) * HistoryFile.BLOCK);
  }

  private void write() {
    try {
      while (isToGoOn()) {
        settle();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isToGoOn() throws InterruptedException {
    long pace = Math.max(clock.real(PACE).toNanos(), LEAST_PACE.toNanos());
    long began = System.nanoTime();
    for (long left = pace;
        left > 0 && !stopping && !isHurried;
        left = began + pace - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
    isHurried = false;
    return !stopping;
  }

  private void settle(long before) {
    synchronized (turn) {
      var now = clock.now();
      var taken = timelines.take(before, now);
      if (taken.isEmpty()) {
        return;
      }
      try {
        file.add(sheets(taken));
        thin(now);
        refused = false;
      } catch (SQLException refusal) {
        if (!refused) {
          LOG.warn("{}: not written, tried again: '{}'", HistoryFile.FILE, refusal.getMessage());
        }
        refused = true;
        timelines.giveBack(taken, MOST_ROLLS);
      }
    }
  }

  private void thin(Moment now) throws SQLException {
    long hour = now.wall().toEpochMilli() / HistoryFile.HOUR;
    if (hour != thinned) {
      file.thin();
      thinned = hour;
    }
  }

  private static Map<HistoryFile.Key, Sheet> sheets(Map<Timeline, Map<Long, Roll>> taken) {
    var sheets = new TreeMap<HistoryFile.Key, Sheet>();
    for (var entry : taken.entrySet()) {
      var id = entry.getKey().point().id();
      entry
          .getValue()
          .forEach(
              (start, roll) ->
                  sheets
                      .computeIfAbsent(HistoryFile.Key.of(id, start), _ -> new Sheet())
                      .add(id.name(), start, roll, Timeline.MINUTE));
    }
    return sheets;
  }
}
