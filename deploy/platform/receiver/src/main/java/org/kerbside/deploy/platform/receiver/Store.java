package org.kerbside.deploy.platform.receiver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Frames and cursors in one SQLite file. A frame and the cursor that counts it are one transaction.
 * Several receivers may share a file: nothing is remembered between transactions. For one thread.
 */
final class Store implements AutoCloseable {

  private final Tables tables;
  private final Cursors cursors;
  private final Watermarks watermarks;
  private final PreparedStatement keep;
  private final PreparedStatement body;
  private final PreparedStatement events;

  private Store(Tables tables) throws SQLException {
    this.tables = tables;
    cursors = new Cursors(tables);
    watermarks = new Watermarks(tables, cursors);
    keep = tables.prepare("INSERT INTO frame VALUES (?, ?, ?)");
    body = tables.prepare("SELECT body FROM frame WHERE cursor = ? AND seq = ?");
    events = tables.prepare("SELECT seq, body FROM frame WHERE cursor = ? ORDER BY seq");
  }

  /** Opens a file, or makes it. */
  static Store open(Path file) throws SQLException {
    return new Store(Tables.open(file));
  }

  /** Opens a file that must be there. */
  static Store existing(Path file) throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw new SQLException("no such file");
    }
    return open(file);
  }

  /** What messages mean, kept whole or not at all. */
  void keep(List<Frame> frames, Map<String, String> states, List<String> malformed, long now)
      throws SQLException {
    tables.whole(
        () -> {
          var touched = cursors.new Touched(now);
          for (var frame : frames) {
            keep(frame, touched);
          }
          touched.write();
          for (var state : states.entrySet()) {
            tables.execute(
                "INSERT OR REPLACE INTO gateway VALUES (?, ?)", state.getKey(), state.getValue());
          }
          for (var topic : malformed) {
            tables.execute(
                "INSERT INTO malformed VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                topic);
          }
          return frames.size();
        });
  }

  private void keep(Frame frame, Cursors.Touched touched) throws SQLException {
    var cursor = touched.at(frame.place());
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
      explain(frame.place(), gap, touched);
    }
  }

  private void explain(Place told, Frame.Gap gap, Cursors.Touched touched) throws SQLException {
    var of = gap.of();
    if (of != null && gap.from() >= 1 && gap.to() >= gap.from()) {
      var place = new Place(told.gateway(), told.epoch(), of);
      touched.at(place).explained.add(gap.from(), gap.to());
    } else if (gap.isOfWholeEpochs()) {
      for (var other : cursors.places(told.gateway())) {
        if (!other.epoch().equals(told.epoch())) {
          var cursor = touched.at(other);
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

  List<Watermarks.Due> due(Pace pace, long now) throws SQLException {
    return watermarks.due(pace, now);
  }

  List<Cursor> cursors() throws SQLException {
    return cursors.all();
  }

  /** What people did, as far as a stream tells of it. */
  Deeds deeds(Cursor cursor) throws SQLException {
    var deeds = new Deeds(cursor);
    events.setLong(1, cursor.id);
    try (var row = events.executeQuery()) {
      while (row.next()) {
        deeds.next(row.getLong(1), row.getBytes(2));
      }
    }
    return deeds;
  }

  long malformed() throws SQLException {
    try (var select = tables.prepare("SELECT total(count) FROM malformed");
        var row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    tables.close();
  }
}
