package org.kerbside.deploy.platform.receiver;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which watermarks are due, and what they ask for. For one thread. */
final class Watermarks {

  /** A watermark asks for so many holes at most; the next one for more. */
  private static final int MOST_NEEDED = 500;

  private final Tables tables;
  private final Cursors cursors;

  Watermarks(Tables tables, Cursors cursors) {
    this.tables = tables;
    this.cursors = cursors;
  }

  /** The watermarks that are due; noted as told. */
  List<Due> due(Pace pace, long now) throws SQLException {
    return tables.whole(() -> mark(pace, now));
  }

  private List<Due> mark(Pace pace, long now) throws SQLException {
    var due = new ArrayList<Due>();
    for (var cursor : cursors.owed()) {
      long end = cursor.end();
      boolean isWhole = end >= cursor.received.last();
      long known = isWhole ? 0 : known(cursor, pace, now);
      boolean isTime = now - cursor.markedAt >= pace.interval().toMillis();
      if (!isTime && end - cursor.marked < pace.frames()) {
        continue;
      }
      var need = isTime ? cursor.holes(known, MOST_NEEDED) : List.<Watermark.Span>of();
      cursor.asked = need.isEmpty() ? 0 : cursor.asked + 1;
      tables.execute(
          "UPDATE cursor SET marked = ?, marked_at = ?, asked = ?, owed = ? WHERE id = ?",
          end,
          now,
          cursor.asked,
          isWhole ? 0 : 1,
          cursor.id);
      due.add(new Due(new Watermark(cursor.place, end, need), cursor.asked));
    }
    return due;
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
    tables.execute(
        "INSERT OR REPLACE INTO top VALUES (?, ?, ?)", cursor.id, now, cursor.received.last());
    try (var select =
        tables.prepare(
            "SELECT at, seq FROM top WHERE cursor = ? AND at <= ? ORDER BY at DESC LIMIT 1")) {
      select.setLong(1, cursor.id);
      select.setLong(2, old);
      try (var row = select.executeQuery()) {
        if (!row.next()) {
          return 0;
        }
        long seq = row.getLong(2);
        tables.execute("DELETE FROM top WHERE cursor = ? AND at < ?", cursor.id, row.getLong(1));
        return seq;
      }
    }
  }
}
