package org.kerbside.gateway.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/**
 * What is read from the file: by its own read-only connection, with a limit on every query, so that
 * no reader holds the log back. Thread-safe, one caller at a time; opens anew after an error.
 */
final class ReadSide {

  private static final String KNOWN =
      "SELECT c.*, o.word, o.detail, c.at AS began FROM commands c LEFT JOIN outcomes o USING (id)";

  private final Path file;
  private final Damaged damaged;
  private @Nullable Connection connection;
  private final EnumMap<Stream, PreparedStatement> frames = new EnumMap<>(Stream.class);

  ReadSide(Path file, Damaged damaged) {
    this.file = file;
    this.damaged = damaged;
  }

  private Connection connection() throws SQLException {
    var open = connection;
    if (open == null) {
      open = Database.read(file);
      connection = open;
    }
    return open;
  }

  /** Frames of a span in order: at most {@code most}, and no more once they have {@code bytes}. */
  synchronized List<StoredFrame> frames(Stream stream, Commit.Span span, int most, long bytes)
      throws SQLException {
    var found = new ArrayList<StoredFrame>();
    try {
      var select = frames.get(stream);
      if (select == null) {
        select =
            connection()
                .prepareStatement(
                    "SELECT seq, encoding, body, sum FROM "
                        + WriteSide.table(stream)
                        + " WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?");
        frames.put(stream, select);
      }
      select.setLong(1, span.first());
      select.setLong(2, span.last());
      select.setInt(3, most);
      try (var row = select.executeQuery()) {
        long left = bytes;
        while (left > 0 && row.next()) {
          left -= addWhole(found, stream, row);
        }
      }
      return found;
    } catch (SQLException refused) {
      close();
      throw refused;
    }
  }

  /** When the first frame of a span was written; -1 when it has none. */
  synchronized long at(Stream stream, Commit.Span span) throws SQLException {
    return Database.number(
        connection(),
        "SELECT coalesce((SELECT at FROM %s WHERE seq BETWEEN %d AND %d ORDER BY seq LIMIT 1), -1)"
            .formatted(WriteSide.table(stream), span.first(), span.last()));
  }

  /** Reading frames before a seq and not older than {@code since}, newest first. */
  synchronized List<StoredFrame> newest(long before, long since, int most) throws SQLException {
    var found = new ArrayList<StoredFrame>();
    try (var select =
        connection()
            .prepareStatement(
                "SELECT seq, encoding, body, sum, at FROM readings WHERE seq < ?"
                    + " ORDER BY seq DESC LIMIT ?")) {
      select.setLong(1, before);
      select.setInt(2, most);
      try (var row = select.executeQuery()) {
        while (row.next() && row.getLong(5) >= since) {
          addWhole(found, Stream.READINGS, row);
        }
      }
      return found;
    }
  }

  /**
   * Reading frames after a seq, in order; those of a damaged journal's were heard by its process.
   */
  synchronized List<StoredRow> later(long after, int most) throws SQLException {
    var found = new ArrayList<StoredRow>();
    try (var select =
        connection()
            .prepareStatement(
                "SELECT seq, encoding, body, sum, at FROM readings WHERE seq > ?"
                    + " AND at > "
                    + Salvage.BEFORE
                    + " ORDER BY seq LIMIT ?")) {
      select.setLong(1, after);
      select.setInt(2, most);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          if (isWhole(row)) {
            var frame = frame(Stream.READINGS, row);
            found.add(new StoredRow(frame.seq(), row.getLong(5), frame.rendered()));
          }
        }
      }
    }
    return found;
  }

  /** The newest first. */
  synchronized List<Remembered> remembered(Served served) throws SQLException {
    var found = new ArrayList<Remembered>();
    try (var statement = connection().createStatement();
        var row =
            statement.executeQuery(
                "SELECT readings, at, body, sum FROM snapshots ORDER BY n DESC LIMIT 2")) {
      while (row.next()) {
        var body = row.getBytes(3);
        boolean isWhole =
            body != null && Sum.of(row.getLong(1), (int) row.getLong(2), body) == row.getLong(4);
        found.add(
            new Remembered(
                served.up(row.getLong(2)), row.getLong(1), isWhole ? body : new byte[0]));
      }
    }
    return found;
  }

  /** The newest commands and outcomes by id, oldest first; as {@link Journal#commands}. */
  synchronized List<Known> commands(long since, long over) throws SQLException {
    var found = new ArrayList<Known>();
    try (var select =
        connection()
            .prepareStatement(
                "SELECT * FROM ("
                    + KNOWN
                    + " WHERE c.at >= ?1 OR o.at >= ?1 ORDER BY c.n DESC LIMIT ?2) ORDER BY n")) {
      select.setLong(1, since);
      select.setInt(2, Journal.MOST_TOLD);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          found.add(known(row, over));
        }
      }
    }
    try (var select =
        connection()
            .prepareStatement(
                """
                SELECT * FROM (SELECT id, word, detail, n FROM outcomes WHERE at >= ?
                AND id NOT IN (SELECT id FROM commands) ORDER BY n DESC LIMIT ?) ORDER BY n""")) {
      select.setLong(1, since);
      select.setInt(2, Math.max(0, Journal.MOST_TOLD - found.size()));
      try (var row = select.executeQuery()) {
        while (row.next()) {
          found.add(refused(row));
        }
      }
    }
    return found;
  }

  /** One command by its id; null when there was none. */
  synchronized @Nullable Known command(String id) throws SQLException {
    try (var select = connection().prepareStatement(KNOWN + " WHERE c.id = ?")) {
      select.setString(1, id);
      try (var row = select.executeQuery()) {
        if (row.next()) {
          return known(row, Long.MAX_VALUE);
        }
      }
    }
    try (var select =
        connection().prepareStatement("SELECT id, word, detail FROM outcomes WHERE id = ?")) {
      select.setString(1, id);
      try (var row = select.executeQuery()) {
        return row.next() ? refused(row) : null;
      }
    }
  }

  /** One that ended without having been accepted. */
  private static Known refused(ResultSet row) throws SQLException {
    var outcome = CommandText.outcome(row.getString("word"), row.getString("detail"));
    return new Known(row.getString("id"), null, null, outcome);
  }

  private static Known known(ResultSet row, long over) throws SQLException {
    var word = row.getString("word");
    return word == null
        ? new Known(
            row.getString("id"),
            row.getString("fingerprint"),
            row.getLong("began") < over ? null : CommandText.command(row),
            null)
        : new Known(
            row.getString("id"),
            row.getString("fingerprint"),
            null,
            CommandText.outcome(word, row.getString("detail")));
  }

  /** Its bytes; a damaged one is left out, and noted. */
  private int addWhole(List<StoredFrame> found, Stream stream, ResultSet row) throws SQLException {
    if (!isWhole(row)) {
      damaged.met(stream, row.getLong(1));
      return 0;
    }
    var frame = frame(stream, row);
    found.add(frame);
    return frame.rendered().payload().length;
  }

  /** Whether a row of seq, encoding, body and sum adds up. */
  static boolean isWhole(ResultSet row) throws SQLException {
    var body = row.getBytes(3);
    return body != null && Sum.of(row.getLong(1), row.getInt(2), body) == row.getLong(4);
  }

  static StoredFrame frame(Stream stream, ResultSet row) throws SQLException {
    return new StoredFrame(
        stream, row.getLong(1), new Rendered(row.getBytes(3), encoding(row.getInt(2))));
  }

  static Rendered.Encoding encoding(int number) throws SQLException {
    return switch (number) {
      case 0 -> Rendered.Encoding.PLAIN;
      case 1 -> Rendered.Encoding.ZLIB;
      default -> throw new SQLException("no encoding has the number " + number);
    };
  }

  synchronized void close() {
    frames.clear();
    var open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException _) {
        // It only looked: nothing is lost, and the next look opens anew.
      }
    }
  }
}
