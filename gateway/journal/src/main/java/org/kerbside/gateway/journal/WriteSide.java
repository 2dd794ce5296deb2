package org.kerbside.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/** The writer's connection and its prepared statements. For the writer's thread alone. */
final class WriteSide implements AutoCloseable {

  private static final String FRAME = " (seq, at, encoding, body, sum) VALUES (?, ?, ?, ?, ?)";

  /** Beside the streams' own names in the table of what was acknowledged. */
  static final String SENT = "sent";

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement reading;
  private final PreparedStatement event;
  private final PreparedStatement command;
  private final PreparedStatement outcome;
  private final PreparedStatement delivery;
  private final PreparedStatement cursor;
  private final PreparedStatement snapshot;
  private final PreparedStatement oldSnapshots;
  private final PreparedStatement oldDeliveries;
  private final PreparedStatement oldCommands;
  private final PreparedStatement oldOutcomes;
  private final Map<String, PreparedStatement> questions = new HashMap<>();

  WriteSide(Connection connection) throws SQLException {
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    reading = connection.prepareStatement("INSERT INTO readings" + FRAME);
    event = connection.prepareStatement("INSERT INTO events" + FRAME);
    command =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO commands VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    outcome = connection.prepareStatement("INSERT OR IGNORE INTO outcomes VALUES (?, ?, ?, ?, ?)");
    delivery = connection.prepareStatement("INSERT INTO deliveries VALUES (?, ?, ?)");
    cursor = connection.prepareStatement("INSERT OR REPLACE INTO acknowledged VALUES (?, ?)");
    snapshot =
        connection.prepareStatement(
            "INSERT INTO snapshots (readings, events, at, body, sum) VALUES (?, ?, ?, ?, ?)");
    oldSnapshots =
        connection.prepareStatement(
            "DELETE FROM snapshots WHERE n < (SELECT max(n) FROM snapshots) - 1");
    oldDeliveries = connection.prepareStatement("DELETE FROM deliveries WHERE n < ?");
    oldCommands = connection.prepareStatement(someOldest("commands"));
    oldOutcomes = connection.prepareStatement(someOldest("outcomes"));
  }

  private static String someOldest(String table) {
    return "DELETE FROM %1$s WHERE n IN (SELECT n FROM %1$s ORDER BY n LIMIT 1000) AND (at < ? OR n <= ?)"
        .formatted(table);
  }

  void begin() throws SQLException {
    begin.executeUpdate();
  }

  void commit() throws SQLException {
    commit.executeUpdate();
  }

  void frames(List<StoredFrame> frames, long at) throws SQLException {
    for (var frame : frames) {
      frame(frame, at);
    }
  }

  private void frame(StoredFrame frame, long at) throws SQLException {
    var insert =
        switch (frame.stream()) {
          case READINGS -> reading;
          case EVENTS -> event;
        };
    insert.setLong(1, frame.seq());
    insert.setLong(2, at);
    int encoding = encoding(frame.rendered().encoding());
    var body = frame.rendered().payload();
    insert.setInt(3, encoding);
    insert.setBytes(4, body);
    insert.setLong(5, Sum.of(frame.seq(), encoding, body));
    insert.executeUpdate();
  }

  private static int encoding(Rendered.Encoding encoding) {
    return switch (encoding) {
      case PLAIN -> 0;
      case ZLIB -> 1;
    };
  }

  void commands(long last, long at, List<Command> accepted) throws SQLException {
    for (int i = 0; i < accepted.size(); i++) {
      CommandText.bind(command, last + 1 + i, at, accepted.get(i));
      command.executeUpdate();
    }
  }

  /** The first outcome of an id stays: there is exactly one. */
  void outcomes(long last, long at, List<Event.Result> results) throws SQLException {
    for (int i = 0; i < results.size(); i++) {
      var result = results.get(i);
      outcome.setLong(1, last + 1 + i);
      outcome.setLong(2, at);
      outcome.setString(3, result.command());
      outcome.setString(4, result.outcome().word());
      outcome.setString(5, CommandText.detail(result.outcome()));
      outcome.executeUpdate();
    }
  }

  void deliveries(long last, long at, List<String> keys) throws SQLException {
    for (int i = 0; i < keys.size(); i++) {
      delivery.setLong(1, last + 1 + i);
      delivery.setLong(2, at);
      delivery.setString(3, keys.get(i));
      delivery.executeUpdate();
    }
  }

  void cursors(Map<Stream, Track.Cursor> cursors) throws SQLException {
    for (var entry : cursors.entrySet()) {
      cursor(entry.getKey(), entry.getValue());
    }
  }

  /** What may have been sent matters of readings alone: events are never changed. */
  void cursor(Stream stream, Track.Cursor at) throws SQLException {
    ranges(stream.word(), at.acknowledged());
    if (stream == Stream.READINGS) {
      ranges(SENT, at.sent());
    }
  }

  private void ranges(String name, String ranges) throws SQLException {
    cursor.setString(1, name);
    cursor.setString(2, Sum.sealed(name, ranges));
    cursor.executeUpdate();
  }

  /** The one before stays until the next: a commit that fails may have to be taken back. */
  void snapshot(Heads covered, long at, byte[] body) throws SQLException {
    snapshot.setLong(1, covered.readings());
    snapshot.setLong(2, covered.events());
    snapshot.setLong(3, at);
    snapshot.setBytes(4, body);
    snapshot.setLong(5, Sum.of(covered.readings(), (int) at, body));
    snapshot.executeUpdate();
    oldSnapshots.executeUpdate();
  }

  /** The last reading of which the last snapshot knows; all of them where there is none. */
  long remembered() throws SQLException {
    return number(
        "SELECT coalesce((SELECT readings FROM snapshots ORDER BY n DESC LIMIT 1), %d)"
            .formatted(Long.MAX_VALUE));
  }

  /**
   * Readings of a span in order: at most {@code most}, and no more once they have {@code bytes}.
   * Damaged ones are left out.
   */
  List<StoredRow> rows(Commit.Span span, int most, long bytes) throws SQLException {
    var rows = new ArrayList<StoredRow>();
    try (var select =
        connection.prepareStatement(
            "SELECT seq, encoding, body, sum, at FROM readings WHERE seq BETWEEN ? AND ?"
                + " ORDER BY seq LIMIT ?")) {
      select.setLong(1, span.first());
      select.setLong(2, span.last());
      select.setInt(3, most);
      try (var row = select.executeQuery()) {
        for (long left = bytes; left > 0 && row.next(); ) {
          if (ReadSide.isWhole(row)) {
            var frame = ReadSide.frame(Stream.READINGS, row);
            rows.add(new StoredRow(frame.seq(), row.getLong(5), frame.rendered()));
            left -= rows.getLast().bytes();
          }
        }
      }
    }
    return rows;
  }

  /** Up to which seq readings were thinned; 0 when none were. */
  long mark(Instead to) throws SQLException {
    return number("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'thin-" + to.word() + "'");
  }

  void mark(Instead to, long seq) throws SQLException {
    meta("thin-" + to.word(), Long.toString(seq));
  }

  /** About how many bytes the tables beside readings and events have. */
  long others() throws SQLException {
    return 64 * asked("SELECT max(n) - min(n) FROM deliveries")
        + 256 * asked("SELECT max(n) - min(n) FROM commands")
        + 128 * asked("SELECT max(n) - min(n) FROM outcomes")
        + asked("SELECT sum(length(body)) FROM snapshots");
  }

  static String table(Stream stream) {
    return switch (stream) {
      case READINGS -> "readings";
      case EVENTS -> "events";
    };
  }

  void meta(String name, String value) throws SQLException {
    Database.meta(connection, name, value);
  }

  void tell(String... words) throws SQLException {
    Database.tell(connection, words);
  }

  long number(String query) throws SQLException {
    return Database.number(connection, query);
  }

  /** As {@link #number}, of a query that is asked again and again in the same words. */
  long asked(String query) throws SQLException {
    var select = questions.get(query);
    if (select == null) {
      select = connection.prepareStatement(query);
      questions.put(query, select);
    }
    try (var row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The lowest seq of a span that has a row; the one behind the span when none has. */
  long lowest(String table, Commit.Span span) throws SQLException {
    long behind = span.last() + 1;
    return number(
        "SELECT coalesce((SELECT seq FROM %s WHERE seq BETWEEN %d AND %d ORDER BY seq LIMIT 1), %d)"
            .formatted(table, span.first(), span.last(), behind));
  }

  /** Deletes frames of a span that were written before a time; how many. */
  long deleteFrames(String table, Commit.Span span, long before) throws SQLException {
    return delete(
        "%s WHERE seq BETWEEN %d AND %d AND at < %d"
            .formatted(table, span.first(), span.last(), before));
  }

  /**
   * Forgets what nobody asks for any more: all deliveries before {@code needed}; of commands and
   * outcomes some of those written before {@code old}, and of those beyond {@code most}.
   */
  void forget(long needed, long old, Heads heads, int most) throws SQLException {
    oldDeliveries.setLong(1, needed);
    oldDeliveries.executeUpdate();
    oldest(oldCommands, old, heads.commands() - most);
    oldest(oldOutcomes, old, heads.outcomes() - most);
  }

  private static void oldest(PreparedStatement delete, long old, long last) throws SQLException {
    delete.setLong(1, old);
    delete.setLong(2, last);
    delete.executeUpdate();
  }

  /** Deletes rows; the text goes on after {@code DELETE FROM}. */
  long delete(String what) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate("DELETE FROM " + what);
    }
  }

  Heads heads() throws SQLException {
    return new Heads(
        head("readings", "seq"),
        head("events", "seq"),
        head("commands", "n"),
        head("outcomes", "n"),
        head("deliveries", "n"),
        Chain.head(connection));
  }

  private long head(String table, String key) throws SQLException {
    return Math.max(
        number("SELECT max(" + key + ") FROM " + table),
        number("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'last-" + table + "'"));
  }

  /** The chain of audit events ends here. */
  void audit(String link) throws SQLException {
    meta(Chain.HEAD, link);
  }

  /** Takes back whatever lies beyond: a commit that was refused and yet reached the disk. */
  void takeBack(Heads heads) throws SQLException {
    begin();
    delete("readings WHERE seq > " + heads.readings());
    delete("events WHERE seq > " + heads.events());
    delete("commands WHERE n > " + heads.commands());
    delete("outcomes WHERE n > " + heads.outcomes());
    delete("deliveries WHERE n > " + heads.deliveries());
    delete(
        "snapshots WHERE readings > %d OR events > %d".formatted(heads.readings(), heads.events()));
    audit(heads.audit());
    commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
