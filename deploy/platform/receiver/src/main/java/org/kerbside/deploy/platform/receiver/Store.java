package org.kerbside.deploy.platform.receiver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Ranges;

/**
 * Frames and cursors in one SQLite file. A frame and the cursor that counts it are one transaction.
 * Several receivers may share a file: nothing is remembered between transactions. For one thread.
 */
final class Store implements AutoCloseable {

  /** A watermark asks for so many holes at most; the next one for more. */
  private static final int MOST_NEEDED = 500;

  private static final String[] TABLES = {
    """
    CREATE TABLE IF NOT EXISTS cursor (
      id INTEGER PRIMARY KEY, gateway TEXT NOT NULL, epoch TEXT NOT NULL, stream TEXT NOT NULL,
      received TEXT NOT NULL, explained TEXT NOT NULL, repeats INTEGER NOT NULL,
      changed INTEGER NOT NULL, marked INTEGER NOT NULL, marked_at INTEGER NOT NULL,
      asked INTEGER NOT NULL, owed INTEGER NOT NULL, UNIQUE (gateway, epoch, stream))""",
    "CREATE INDEX IF NOT EXISTS owed ON cursor (id) WHERE owed",
    // How far a stream was known at a time: a hole below it is at least that old.
    """
    CREATE TABLE IF NOT EXISTS top (
      cursor INTEGER NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (cursor, at)) WITHOUT ROWID""",
    """
    CREATE TABLE IF NOT EXISTS frame (
      cursor INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL,
      PRIMARY KEY (cursor, seq)) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS gateway (gateway TEXT PRIMARY KEY, ack TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS malformed (topic TEXT PRIMARY KEY, count INTEGER NOT NULL)"
  };

  private final Connection connection;
  private final PreparedStatement find;
  private final PreparedStatement add;
  private final PreparedStatement change;
  private final PreparedStatement keep;
  private final PreparedStatement body;

  private Store(Connection connection) throws SQLException {
    this.connection = connection;
    find =
        connection.prepareStatement(
            "SELECT * FROM cursor WHERE gateway = ? AND epoch = ? AND stream = ?");
    add =
        connection.prepareStatement(
            "INSERT INTO cursor (gateway, epoch, stream, received, explained, repeats, changed,"
                + " marked, marked_at, asked, owed) VALUES (?, ?, ?, '', '', 0, 0, 0, ?, 0, 1)");
    change =
        connection.prepareStatement(
            "UPDATE cursor SET received = ?, explained = ?, repeats = ?, changed = ?, owed = 1"
                + " WHERE id = ?");
    keep = connection.prepareStatement("INSERT INTO frame VALUES (?, ?, ?)");
    body = connection.prepareStatement("SELECT body FROM frame WHERE cursor = ? AND seq = ?");
  }

  /** Opens a file, or makes it. */
  static Store open(Path file) throws SQLException {
    var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      for (var word : List.of("busy_timeout = 30000", "journal_mode = WAL", "synchronous = FULL")) {
        statement.execute("PRAGMA " + word);
      }
      statement.execute("BEGIN IMMEDIATE");
      for (var table : TABLES) {
        statement.execute(table);
      }
      statement.execute("COMMIT");
      return new Store(connection);
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  /** Opens a file that must be there. */
  static Store existing(Path file) throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw new SQLException("no such file");
    }
    return open(file);
  }

  // Keeping

  /** What messages mean, kept whole or not at all. */
  void keep(List<Frame> frames, Map<String, String> states, List<String> malformed, long now)
      throws SQLException {
    begin();
    try {
      var cursors = new LinkedHashMap<Place, Cursor>();
      for (var frame : frames) {
        keep(frame, cursors, now);
      }
      for (var cursor : cursors.values()) {
        write(cursor);
      }
      for (var state : states.entrySet()) {
        execute("INSERT OR REPLACE INTO gateway VALUES (?, ?)", state.getKey(), state.getValue());
      }
      for (var topic : malformed) {
        execute(
            "INSERT INTO malformed VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
            topic);
      }
      execute("COMMIT");
    } catch (SQLException refused) {
      execute("ROLLBACK");
      throw refused;
    }
  }

  private void keep(Frame frame, Map<Place, Cursor> cursors, long now) throws SQLException {
    var cursor = cursor(frame.place(), cursors, now);
    if (cursor.received.contains(frame.seq())) {
      cursor.repeats++;
      cursor.changed += Arrays.equals(frame.body(), body(cursor, frame.seq())) ? 0 : 1;
      return;
    }
    cursor.received.add(frame.seq());
    keep.setLong(1, cursor.id);
    keep.setLong(2, frame.seq());
    keep.setBytes(3, frame.body());
    keep.executeUpdate();
    var gap = frame.gap();
    if (gap != null) {
      explain(frame.place(), gap, cursors, now);
    }
  }

  private void explain(Place told, Frame.Gap gap, Map<Place, Cursor> cursors, long now)
      throws SQLException {
    var of = gap.of();
    if (of != null && gap.from() >= 1 && gap.to() >= gap.from()) {
      var place = new Place(told.gateway(), told.epoch(), of);
      cursor(place, cursors, now).explained.add(gap.from(), gap.to());
    } else if (gap.isOfWholeEpochs()) {
      for (var other : places(told.gateway())) {
        if (!other.epoch().equals(told.epoch())) {
          var cursor = cursor(other, cursors, now);
          cursor.explained.add(1, Math.max(1, cursor.received.last()));
        }
      }
    }
  }

  private byte[] body(Cursor cursor, long seq) throws SQLException {
    body.setLong(1, cursor.id);
    body.setLong(2, seq);
    try (var row = body.executeQuery()) {
      return row.next() ? row.getBytes(1) : new byte[0];
    }
  }

  private Cursor cursor(Place place, Map<Place, Cursor> cursors, long now) throws SQLException {
    var known = cursors.get(place);
    if (known != null) {
      return known;
    }
    var found = find(place);
    if (found.isEmpty()) {
      add.setString(1, place.gateway());
      add.setString(2, place.epoch());
      add.setString(3, place.stream());
      add.setLong(4, now);
      add.executeUpdate();
      found = find(place);
    }
    cursors.put(place, found.getFirst());
    return found.getFirst();
  }

  private List<Cursor> find(Place place) throws SQLException {
    find.setString(1, place.gateway());
    find.setString(2, place.epoch());
    find.setString(3, place.stream());
    return cursors(find);
  }

  private List<Place> places(String gateway) throws SQLException {
    try (var select = connection.prepareStatement("SELECT * FROM cursor WHERE gateway = ?")) {
      select.setString(1, gateway);
      return cursors(select).stream().map(cursor -> cursor.place).toList();
    }
  }

  private void write(Cursor cursor) throws SQLException {
    change.setString(1, cursor.received.text());
    change.setString(2, cursor.explained.text());
    change.setLong(3, cursor.repeats);
    change.setLong(4, cursor.changed);
    change.setLong(5, cursor.id);
    change.executeUpdate();
  }

  // Telling

  /** The watermarks that are due; noted as told. */
  List<Due> due(Pace pace, long now) throws SQLException {
    begin();
    try {
      var due = new ArrayList<Due>();
      for (var cursor : owed()) {
        long end = cursor.end();
        boolean isWhole = end >= cursor.received.last();
        long known = isWhole ? 0 : known(cursor, pace, now);
        boolean isTime = now - cursor.markedAt >= pace.interval().toMillis();
        if (!isTime && end - cursor.marked < pace.frames()) {
          continue;
        }
        var need = isTime ? cursor.holes(known, MOST_NEEDED) : List.<Watermark.Span>of();
        cursor.asked = need.isEmpty() ? 0 : cursor.asked + 1;
        execute(
            "UPDATE cursor SET marked = ?, marked_at = ?, asked = ?, owed = ? WHERE id = ?",
            end,
            now,
            cursor.asked,
            isWhole ? 0 : 1,
            cursor.id);
        due.add(new Due(new Watermark(cursor.place, end, need), cursor.asked));
      }
      execute("COMMIT");
      return due;
    } catch (SQLException refused) {
      execute("ROLLBACK");
      throw refused;
    }
  }

  /**
   * A watermark to tell now.
   *
   * @param asked how many in a row needed something
   */
  record Due(Watermark watermark, int asked) {}

  /** How far the stream was known when holes that are old enough now were seen. */
  private long known(Cursor cursor, Pace pace, long now) throws SQLException {
    long old = now - pace.holeAge().toMillis();
    execute("INSERT OR REPLACE INTO top VALUES (?, ?, ?)", cursor.id, now, cursor.received.last());
    try (var select =
        connection.prepareStatement(
            "SELECT at, seq FROM top WHERE cursor = ? AND at <= ? ORDER BY at DESC LIMIT 1")) {
      select.setLong(1, cursor.id);
      select.setLong(2, old);
      try (var row = select.executeQuery()) {
        if (!row.next()) {
          return 0;
        }
        long seq = row.getLong(2);
        execute("DELETE FROM top WHERE cursor = ? AND at < ?", cursor.id, row.getLong(1));
        return seq;
      }
    }
  }

  /** Those of gateways that listen to watermarks. */
  private List<Cursor> owed() throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT c.* FROM cursor c LEFT JOIN gateway g USING (gateway)"
                + " WHERE c.owed AND (g.ack IS NULL OR g.ack <> 'broker')")) {
      return cursors(select);
    }
  }

  // Asking

  /** Every cursor, by gateway, in the order in which they were seen. */
  List<Cursor> cursors() throws SQLException {
    try (var select = connection.prepareStatement("SELECT * FROM cursor ORDER BY gateway, id")) {
      return cursors(select);
    }
  }

  long malformed() throws SQLException {
    try (var select = connection.prepareStatement("SELECT total(count) FROM malformed");
        var row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static List<Cursor> cursors(PreparedStatement select) throws SQLException {
    var found = new ArrayList<Cursor>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        found.add(cursor(row));
      }
    }
    return found;
  }

  private static Cursor cursor(ResultSet row) throws SQLException {
    var cursor =
        new Cursor(
            row.getLong("id"),
            new Place(row.getString("gateway"), row.getString("epoch"), row.getString("stream")),
            Ranges.parse(row.getString("received")),
            Ranges.parse(row.getString("explained")));
    cursor.repeats = row.getLong("repeats");
    cursor.changed = row.getLong("changed");
    cursor.marked = row.getLong("marked");
    cursor.markedAt = row.getLong("marked_at");
    cursor.asked = row.getInt("asked");
    return cursor;
  }

  private void begin() throws SQLException {
    execute("BEGIN IMMEDIATE");
  }

  private void execute(String words, Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(words)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
