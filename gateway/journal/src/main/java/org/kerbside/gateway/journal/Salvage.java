package org.kerbside.gateway.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what can still be read of a damaged journal: commands and outcomes as they are, so
 * that no id moves anything twice, the last snapshot, so that what stood still stands, and frames
 * that the city does not have as frames of the new epoch that say where they stood before. Rows
 * around damage are sought from both sides. How far it came stands in the new journal, in the
 * transaction of what it took over: a kill in between costs nothing and doubles nothing. The
 * damaged file is only read.
 */
final class Salvage {

  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

  /** What is left then waits for the next start. */
  private static final long LONGEST = 8_000_000_000L; // ns; of the 15 s that a start may take

  /** When its frames were written: before the new journal's time. */
  static final long BEFORE = -1;

  private static final int ROWS = 256;
  private static final long FARTHEST = 1L << 40; // beyond it no row is sought

  private static final String PENDING = "salvage";
  private static final String COUNT = "salvaged-";
  private static final String PLACE = "salvage-";

  private final Connection damaged;
  private final Connection fresh;
  private final Place place;
  private final Wire wire;
  private final long until = System.nanoTime() + LONGEST;

  private Salvage(Connection damaged, Connection fresh, Place place, Wire wire) {
    this.damaged = damaged;
    this.fresh = fresh;
    this.place = place;
    this.wire = wire;
  }

  /** The new journal remembers that this file waits for it. */
  static void remember(Connection fresh, String file) throws SQLException {
    Database.meta(fresh, PENDING, file);
  }

  /** Goes on with what an earlier start left, or does nothing. */
  static void proceed(Path folder, Connection fresh, String gateway, Wire wire)
      throws SQLException {
    var file = Database.meta(fresh, PENDING);
    var epoch = Database.meta(fresh, "epoch");
    if (file == null || epoch == null) {
      return;
    }
    var place = new Place(gateway, epoch, Stream.READINGS, 0);
    boolean isDone;
    try (var damaged = damaged(folder.resolve(file))) {
      isDone = damaged == null || new Salvage(damaged, fresh, place, wire).run();
    }
    if (isDone) {
      Database.tell(fresh, "DELETE FROM meta WHERE name = '" + PENDING + "'");
    }
  }

  private static @Nullable Connection damaged(Path file) {
    try {
      return Database.read(file);
    } catch (SQLException unreadable) {
      LOG.warn("{}: nothing can be taken over: '{}'", file, unreadable.getMessage());
      return null;
    }
  }

  /** For people and the city: what was taken over. */
  static List<String> told(Connection fresh) throws SQLException {
    var told = new ArrayList<String>();
    for (var stream : Stream.values()) {
      long frames = count(fresh, stream);
      told.add("%d frames of stream %s taken over".formatted(frames, stream.word()));
    }
    return told;
  }

  private static long count(Connection fresh, Stream stream) throws SQLException {
    return Database.number(
        fresh,
        "SELECT CAST(value AS INTEGER) FROM meta WHERE name = '%s%s'"
            .formatted(COUNT, stream.word()));
  }

  private boolean run() throws SQLException {
    if (Database.meta(fresh, PLACE + "commands") == null) {
      Database.tell(fresh, "BEGIN IMMEDIATE");
      copy("commands");
      copy("outcomes");
      Database.meta(fresh, PLACE + "commands", "done");
      Database.tell(fresh, "COMMIT");
    }
    boolean isWhole = frames(Stream.EVENTS) && frames(Stream.READINGS);
    snapshot();
    return isWhole;
  }

  /** The last that is whole: all that is readable behind it is in a frame, and no frame of ours. */
  private void snapshot() throws SQLException {
    if (Database.number(fresh, "SELECT count(*) FROM snapshots") > 0) {
      return; // This journal has been used since.
    }
    byte[] last = null;
    for (var rows = new Rows("snapshots", 1); rows.next(); ) {
      for (long n : rows.keys) {
        var body = wholeSnapshot(n);
        last = body == null ? last : body;
      }
    }
    if (last != null) {
      var side = new WriteSide(fresh);
      Database.tell(fresh, "BEGIN IMMEDIATE");
      side.snapshot(side.heads(), 0, last);
      Database.tell(fresh, "COMMIT");
    }
  }

  private byte @Nullable [] wholeSnapshot(long n) {
    var row = row("snapshots", n);
    return row != null
            && row.get(1) instanceof Number readings
            && row.get(3) instanceof Number at
            && row.get(4) instanceof byte[] body
            && row.get(5) instanceof Number sum
            && Sum.of(readings.longValue(), at.intValue(), body) == sum.longValue()
        ? body
        : null;
  }

  /** Row by row, so that one that is damaged costs no other. */
  private void copy(String table) throws SQLException {
    for (var rows = new Rows(table, 1); rows.next(); ) {
      for (long n : rows.keys) {
        copy(table, n);
      }
    }
  }

  private void copy(String table, long n) throws SQLException {
    var row = row(table, n);
    if (row == null) {
      return;
    }
    var values = "?" + ", ?".repeat(row.size() - 1);
    try (var insert =
        fresh.prepareStatement("INSERT OR IGNORE INTO " + table + " VALUES (" + values + ")")) {
      for (int i = 0; i < row.size(); i++) {
        insert.setObject(i + 1, row.get(i));
      }
      insert.executeUpdate();
    }
  }

  private @Nullable List<@Nullable Object> row(String table, long n) {
    try (var select = damaged.prepareStatement("SELECT * FROM " + table + " WHERE n = ?")) {
      select.setLong(1, n);
      try (var row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        var values = new ArrayList<@Nullable Object>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getObject(i));
        }
        return values;
      }
    } catch (SQLException unreadable) {
      return null;
    }
  }

  /** Whether all of the stream was looked at. */
  private boolean frames(Stream stream) throws SQLException {
    var table = WriteSide.table(stream);
    var from = Database.meta(fresh, PLACE + table);
    var acknowledged = acknowledged(stream);
    var side = new WriteSide(fresh);
    for (var rows = new Rows(table, from == null ? 1 : Long.parseLong(from)); rows.next(); ) {
      long last = Database.number(fresh, "SELECT max(seq) FROM " + table);
      var frames = new ArrayList<StoredFrame>();
      for (long seq : rows.keys) {
        var frame = acknowledged.contains(seq) ? null : moved(stream, seq, last + 1);
        if (frame != null) {
          frames.add(frame);
          last++;
        }
      }
      Database.tell(fresh, "BEGIN IMMEDIATE");
      side.frames(frames, BEFORE);
      Database.meta(fresh, PLACE + table, Long.toString(rows.next));
      Database.meta(
          fresh, COUNT + stream.word(), Long.toString(count(fresh, stream) + frames.size()));
      Database.tell(fresh, "COMMIT");
      if (System.nanoTime() > until) {
        return false;
      }
    }
    return true;
  }

  /** Null when it is damaged itself. */
  private @Nullable StoredFrame moved(Stream stream, long seq, long to) {
    var table = WriteSide.table(stream);
    try (var select =
        damaged.prepareStatement(
            "SELECT seq, encoding, body, sum FROM " + table + " WHERE seq = ?")) {
      select.setLong(1, seq);
      try (var row = select.executeQuery()) {
        if (!row.next() || !ReadSide.isWhole(row)) {
          return null;
        }
        var frame = ReadSide.frame(stream, row);
        var here = new Place(place.gateway(), place.epoch(), stream, to);
        return new StoredFrame(stream, to, wire.moved(frame, here));
      }
    } catch (SQLException | RuntimeException unreadable) {
      return null;
    }
  }

  private Ranges acknowledged(Stream stream) {
    try {
      return Database.acknowledged(damaged, stream.word());
    } catch (SQLException | NumberFormatException unreadable) {
      return new Ranges();
    }
  }

  /** The keys of a table's rows, a page at a time, over damage and beyond. */
  private final class Rows {

    private final String table;
    private final String key;

    /** Where the next page begins. */
    long next;

    List<Long> keys = List.of();

    Rows(String table, long from) {
      this.table = table;
      key = table.equals("readings") || table.equals("events") ? "seq" : "n";
      next = from;
    }

    /** Whether there are more rows; {@link #keys} may be empty all the same. */
    boolean next() {
      var found = new ArrayList<Long>();
      boolean isWhole = read(found, next, FARTHEST, Direction.ON, ROWS);
      long behind = found.isEmpty() ? next : found.getLast() + 1;
      keys = found;
      if (isWhole) {
        next = behind;
        return !found.isEmpty();
      }
      next = beyond(behind, found);
      return next < FARTHEST || !found.isEmpty();
    }

    /** Seeks the first row behind damage in steps that grow, then comes back to it from behind. */
    private long beyond(long damage, List<Long> found) {
      for (long step = 1; damage + step < FARTHEST; step *= 2) {
        long behind = damage + step;
        if (read(new ArrayList<>(), behind, FARTHEST, Direction.ON, 1)) {
          var back = new ArrayList<Long>();
          read(back, damage, behind - 1, Direction.BACK, ROWS);
          found.addAll(back.reversed());
          return behind;
        }
      }
      return FARTHEST;
    }

    /** Adds what it can read; whether it met no damage. Keys out of order are damage too. */
    private boolean read(List<Long> found, long from, long to, Direction way, int most) {
      long last = way == Direction.ON ? from - 1 : to + 1;
      try (var statement = damaged.createStatement();
          var row = statement.executeQuery(query(from, to, way, most))) {
        while (row.next()) {
          long at = row.getLong(1);
          if (at < from || at > to || (way == Direction.ON ? at <= last : at >= last)) {
            return false;
          }
          found.add(at);
          last = at;
        }
        return true;
      } catch (SQLException unreadable) {
        return false;
      }
    }

    private String query(long from, long to, Direction way, int most) {
      var order = way == Direction.ON ? "ASC" : "DESC";
      return "SELECT %1$s FROM %2$s WHERE %1$s BETWEEN %3$d AND %4$d ORDER BY %1$s %5$s LIMIT %6$d"
          .formatted(key, table, from, to, order, most);
    }
  }

  private enum Direction {
    ON,
    BACK
  }
}
