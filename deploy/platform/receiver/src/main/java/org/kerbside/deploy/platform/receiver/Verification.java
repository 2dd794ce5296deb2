package org.kerbside.deploy.platform.receiver;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** What a store has, and what it lacks, for people and scripts. */
record Verification(List<Row> rows, long malformed) {

  /** The most holes that are named. */
  private static final int NAMED = 20;

  /**
   * One stream.
   *
   * @param explained missing frames that a gap explains
   * @param unexplained missing frames that nothing explains, up to the newest that came
   */
  record Row(
      Place place,
      long received,
      long repeats,
      long changed,
      long explained,
      long unexplained,
      List<Watermark.Span> holes) {

    static Row of(Cursor cursor) {
      long top = cursor.received.last();
      var holes = cursor.holes(top, Integer.MAX_VALUE);
      long unexplained = holes.stream().mapToLong(hole -> hole.last() - hole.first() + 1).sum();
      return new Row(
          cursor.place,
          cursor.received.count(),
          cursor.repeats,
          cursor.changed,
          top - cursor.received.count() - unexplained,
          unexplained,
          holes);
    }
  }

  static Verification of(Store store) throws SQLException {
    return new Verification(store.cursors().stream().map(Row::of).toList(), store.malformed());
  }

  /** No hole without its gap, and one content for each place. */
  boolean isWhole() {
    return rows.stream().allMatch(row -> row.unexplained() == 0 && row.changed() == 0);
  }

  void print(PrintWriter out) {
    int width = rows.stream().mapToInt(row -> row.place().name().length()).max().orElse(7);
    var line = "%-" + Math.max(7, width) + "s  %-10s  %-6s  %9s  %8s  %9s  %11s%s%n";
    out.printf(
        line, "gateway", "epoch", "stream", "received", "repeats", "explained", "unexplained", "");
    for (var row : rows) {
      out.printf(
          line,
          row.place().name(),
          row.place().epoch(),
          row.place().stream(),
          row.received(),
          row.repeats(),
          row.explained(),
          row.unexplained(),
          note(row));
    }
    if (malformed > 0) {
      out.printf("%d messages were no frames%n", malformed);
    }
    out.println(isWhole() ? "whole: every hole is explained" : "not whole");
  }

  private static String note(Row row) {
    var note = new StringBuilder();
    if (!row.holes().isEmpty()) {
      note.append("  missing ");
      note.append(
          row.holes().stream()
              .limit(NAMED)
              .map(Watermark.Span::toString)
              .collect(Collectors.joining(", ")));
      note.append(row.holes().size() > NAMED ? ", …" : "");
    }
    if (row.changed() > 0) {
      note.append("  %d repeats were other bytes".formatted(row.changed()));
    }
    return note.toString();
  }
}
