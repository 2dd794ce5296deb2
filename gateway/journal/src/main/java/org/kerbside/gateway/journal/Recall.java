package org.kerbside.gateway.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gateway looks up after a start; times are the journal's own, in milliseconds. */
record Recall(ReadSide readSide, Tracks tracks, Wire wire) {

  private static final Logger LOG = LoggerFactory.getLogger(Recall.class);
  private static final int PAGE = 64;

  /** As {@link Journal#recent}. */
  List<Wire.Told> recent(long since, int most) {
    var told = new ArrayDeque<Wire.Told>();
    try {
      for (long before = tracks.of(Stream.READINGS).last() + 1;
          before > 1 && told.size() < most; ) {
        var page = readSide.newest(before, since, PAGE);
        for (var frame : page) {
          addOlder(told, wire.readings(frame.rendered()), most);
        }
        before = page.size() < PAGE ? 0 : page.getLast().seq();
      }
    } catch (SQLException refused) {
      LOG.warn("recent readings: {}", Database.reason(refused));
    }
    return List.copyOf(told);
  }

  /** As {@link Journal#remembered}. */
  List<Remembered> remembered(Served served) {
    try {
      return readSide.remembered(served);
    } catch (SQLException refused) {
      LOG.warn("snapshots: {}", Database.reason(refused));
      return List.of();
    }
  }

  /** As {@link Journal#later}. */
  List<Remembered.Later> later(long after, Served served) {
    try {
      var later = new ArrayList<Remembered.Later>();
      for (var row : readSide.later(after, PAGE)) {
        later.add(later(row, served.up(row.at())));
      }
      return later;
    } catch (SQLException refused) {
      LOG.warn("readings since the snapshot: {}", Database.reason(refused));
      return List.of();
    }
  }

  private Remembered.Later later(StoredRow row, Duration at) {
    try {
      return new Remembered.Later(row.seq(), at, wire.contents(row.rendered()));
    } catch (RuntimeException unreadable) {
      LOG.warn("frame {} is not as rendered, and passed over", row.seq());
      var nothing = new Wire.Contents(ClockQuality.NONE, null, null, List.of());
      return new Remembered.Later(row.seq(), at, nothing);
    }
  }

  private static void addOlder(ArrayDeque<Wire.Told> told, List<Wire.Told> older, int most) {
    for (int i = older.size() - 1; i >= 0 && told.size() < most; i--) {
      told.addFirst(older.get(i));
    }
  }

  /** As {@link Journal#commands}. */
  List<Known> commands(long since, long over) {
    try {
      return readSide.commands(since, over);
    } catch (SQLException refused) {
      LOG.warn("commands: {}", Database.reason(refused));
      return List.of();
    }
  }

  /** As {@link Journal#command}. */
  @Nullable Known command(String id) throws JournalException {
    try {
      return readSide.command(id);
    } catch (SQLException refused) {
      throw new JournalException("command %s: %s".formatted(id, Database.reason(refused)), refused);
    }
  }
}
