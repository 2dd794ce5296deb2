package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.PointId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The minutes and hours on the disk, in a file beside the journal: one row an asset and ten
 * minutes, or an asset and an hour, in the order in which they come about. Not synced at each
 * commit: a power cut may take the last ones, a kill takes none. A damaged file is begun anew, for
 * nobody was promised it. Thread-safe, one caller at a time; opens anew after an error.
 */
final class HistoryFile {

  static final String FILE = "history.db";

  /** Of a row of minutes, and of one of hours; in milliseconds. */
  static final long BLOCK = 10 * Timeline.MINUTE;

  static final long HOUR = 60 * Timeline.MINUTE;

  private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

  private static final int SCHEMA = 1;
  private static final int DAY = (int) (24 * HOUR / BLOCK); // blocks, as the next

  /** By what is there and not by a clock: no step of it takes anything away. */
  private static final int MINUTES_KEPT = 7 * DAY;

  private static final int HOURS_KEPT = 23 * 24; // rows of one asset; 30 days with the minutes

  /** So that a reader never waits long. */
  private static final int HOURS_AT_ONCE = 24;

  private final Path folder;
  private final Path file;
  private final long quota;
  private @Nullable Connection connection;

  // The starts of the rows that the open file has.
  private final NavigableSet<Long> minutes = new TreeSet<>();
  private final NavigableSet<Long> hours = new TreeSet<>();

  /** A row's place; in the order in which rows are written. */
  record Key(long start, String asset) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::start).thenComparing(Key::asset);

    /** That of a minute. */
    static Key of(PointId point, long minute) {
      return new Key(Math.floorDiv(minute, BLOCK) * BLOCK, point.asset());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** A stretch that was rolled up. */
  record Stretch(long start, long length, Roll roll) {}

  /**
   * @param quota bytes; what does not fit thins to hours, then goes
   */
  HistoryFile(Path folder, long quota) {
    this.folder = folder;
    file = folder.resolve(FILE);
    this.quota = quota;
  }

  /** Adds to what the rows hold, in one transaction. */
  synchronized void add(Map<Key, Sheet> sheets) throws SQLException {
    within(
        side -> {
          for (var sheet : sheets.entrySet()) {
            addTo("minutes", side, sheet.getKey(), sheet.getValue(), Timeline.MINUTE);
            minutes.add(sheet.getKey().start);
          }
        });
  }

  /** One point's stretches that begin in a span, hours first. */
  synchronized List<Stretch> read(PointId point, long from, long to) throws SQLException {
    var found = new ArrayList<Stretch>();
    try {
      var side = connection();
      for (var start : hours.subSet(from - HOUR + 1, Math.max(to, from))) {
        find(side, "hours", new Key(start, point.asset()), point.name(), HOUR, found);
      }
      for (var start : minutes.subSet(from - BLOCK + 1, Math.max(to, from))) {
        var key = new Key(start, point.asset());
        find(side, "minutes", key, point.name(), Timeline.MINUTE, found);
      }
    } catch (SQLException refused) {
      close();
      throw refused;
    }
    found.removeIf(stretch -> stretch.start + stretch.length <= from || stretch.start >= to);
    return found;
  }

  /** Gives up what is too old or too much: minutes become hours, then hours go. */
  synchronized void thin() throws SQLException {
    connection();
    int left = HOURS_AT_ONCE;
    while (left > 0 && (minutes.size() > MINUTES_KEPT || (minutes.size() > DAY && isOver()))) {
      fold();
      left--;
    }
    while (hours.size() > HOURS_KEPT || (!hours.isEmpty() && isOver())) {
      long oldest = hours.first();
      within(side -> delete(side, "hours", oldest, oldest + HOUR));
      hours.remove(oldest);
    }
    while (left > 0 && minutes.size() > 1 && isOver()) {
      fold();
      left--;
    }
  }

  /** Bytes in use. */
  synchronized long used() throws SQLException {
    var side = connection();
    return Database.number(side, "PRAGMA page_size")
        * (Database.number(side, "PRAGMA page_count")
            - Database.number(side, "PRAGMA freelist_count"));
  }

  synchronized void close() {
    var open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException stuck) {
        LOG.warn("{}: not closed: '{}'", FILE, stuck.getMessage());
      }
    }
  }

  private boolean isOver() throws SQLException {
    return used() > quota;
  }

  /** The minutes of the oldest hour become its hour. */
  private void fold() throws SQLException {
    long hour = Math.floorDiv(minutes.first(), HOUR) * HOUR;
    within(
        side -> {
          for (var row : rows(side, "minutes", hour, hour + HOUR).entrySet()) {
            var key = row.getKey();
            var sheet = new SheetBytes(key.start, Timeline.MINUTE).read(row.getValue());
            addTo("hours", side, new Key(hour, key.asset), sheet.whole(hour, HOUR), HOUR);
          }
          delete(side, "minutes", hour, hour + HOUR);
        });
    minutes.headSet(hour + HOUR).clear();
    hours.add(hour);
  }

  private static void find(
      Connection side, String table, Key key, String point, long length, List<Stretch> found)
      throws SQLException {
    var body = body(side, table, key);
    if (body == null) {
      return;
    }
    var rolls = new SheetBytes(key.start, length).read(body).points.get(point);
    if (rolls != null) {
      rolls.forEach((start, roll) -> found.add(new Stretch(start, length, roll)));
    }
  }

  /** The rows of a span, of all assets. */
  private static NavigableMap<Key, byte[]> rows(Connection side, String table, long from, long to)
      throws SQLException {
    var rows = new TreeMap<Key, byte[]>();
    try (var select =
        side.prepareStatement(
            "SELECT start, asset, body FROM " + table + " WHERE start >= ? AND start < ?")) {
      select.setLong(1, from);
      select.setLong(2, to);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          rows.put(new Key(row.getLong(1), row.getString(2)), row.getBytes(3));
        }
      }
    }
    return rows;
  }

  private static byte @Nullable [] body(Connection side, String table, Key key)
      throws SQLException {
    try (var select =
        side.prepareStatement("SELECT body FROM " + table + " WHERE start = ? AND asset = ?")) {
      select.setLong(1, key.start);
      select.setString(2, key.asset);
      try (var row = select.executeQuery()) {
        return row.next() ? row.getBytes(1) : null;
      }
    }
  }

  private static void addTo(String table, Connection side, Key key, Sheet sheet, long length)
      throws SQLException {
    var bytes = new SheetBytes(key.start, length);
    var there = body(side, table, key);
    var whole = there == null ? new Sheet() : bytes.read(there);
    whole.add(sheet, length);
    try (var insert =
        side.prepareStatement("INSERT OR REPLACE INTO " + table + " VALUES (?, ?, ?)")) {
      insert.setLong(1, key.start);
      insert.setString(2, key.asset);
      insert.setBytes(3, bytes.write(whole));
      insert.executeUpdate();
    }
  }

  private static void delete(Connection side, String table, long from, long to)
      throws SQLException {
    Database.tell(
        side, "DELETE FROM %s WHERE start >= %d AND start < %d".formatted(table, from, to));
  }

  private static void starts(Connection side, String table, NavigableSet<Long> starts)
      throws SQLException {
    starts.clear();
    try (var select = side.createStatement();
        var row = select.executeQuery("SELECT DISTINCT start FROM " + table)) {
      while (row.next()) {
        starts.add(row.getLong(1));
      }
    }
  }

  private interface Work {
    void run(Connection side) throws SQLException;
  }

  private void within(Work work) throws SQLException {
    try {
      var side = connection();
      Database.tell(side, "BEGIN IMMEDIATE");
      work.run(side);
      Database.tell(side, "COMMIT");
    } catch (SQLException refused) {
      close(); // and with it goes what was begun
      throw refused;
    }
  }

  private Connection connection() throws SQLException {
    var open = connection;
    if (open == null) {
      open = opened();
      starts(open, "minutes", minutes);
      starts(open, "hours", hours);
      connection = open;
    }
    return open;
  }

  private Connection opened() throws SQLException {
    try {
      return sound();
    } catch (SQLException refused) {
      if (!Database.isDamage(refused)) {
        throw refused;
      }
      LOG.warn("{}: damaged, begun anew: '{}'", FILE, refused.getMessage());
      forget();
      return sound();
    }
  }

  private Connection sound() throws SQLException {
    try {
      Database.unpackBeside(folder);
    } catch (IOException refused) {
      throw new SQLException(refused.toString(), refused);
    }
    var side = Database.write(file);
    try {
      Database.tell(side, "PRAGMA synchronous = NORMAL");
      var damage = Database.damage(side);
      if (damage != null || Database.number(side, "PRAGMA user_version") > SCHEMA) {
        throw Database.damaged(damage == null ? "of a newer version" : damage);
      }
      lay(side);
      return side;
    } catch (SQLException refused) {
      side.close();
      throw refused;
    }
  }

  private static void lay(Connection side) throws SQLException {
    if (Database.number(side, "PRAGMA user_version") == SCHEMA) {
      return;
    }
    var columns = " (start INTEGER, asset TEXT, body BLOB NOT NULL, PRIMARY KEY (start, asset))";
    Database.tell(
        side,
        "BEGIN IMMEDIATE",
        "CREATE TABLE minutes" + columns + " WITHOUT ROWID",
        "CREATE TABLE hours" + columns + " WITHOUT ROWID",
        "PRAGMA user_version = " + SCHEMA,
        "COMMIT");
  }

  private void forget() throws SQLException {
    try {
      for (var part : List.of("-shm", "-wal", "")) {
        Files.deleteIfExists(file.resolveSibling(FILE + part));
      }
    } catch (IOException stuck) {
      throw new SQLException(FILE + ": not deleted: " + stuck.getMessage(), stuck);
    }
  }
}
