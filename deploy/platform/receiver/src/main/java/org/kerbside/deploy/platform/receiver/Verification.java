package org.kerbside.deploy.platform.receiver;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
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
   * @param unchained audit events that do not hang on the one before them
   */
  record Row(
      Place place,
      long received,
      long repeats,
      long changed,
      long explained,
      long unexplained,
      List<Watermark.Span> holes,
      List<Long> unchained) {

    static Row of(Cursor cursor, List<Long> unchained) {
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
          holes,
          unchained);
    }
  }

  static Verification of(Store store) throws SQLException {
    var rows = new ArrayList<Row>();
    for (var cursor : store.cursors()) {
      boolean isEvents = cursor.place.stream().equals("e");
      rows.add(Row.of(cursor, isEvents ? store.deeds(cursor).unchained() : List.of()));
    }
    return new Verification(rows, store.malformed());
  }

  /** No hole without its gap, one content for each place, and a chain of what people did. */
  boolean isWhole() {
    return rows.stream()
        .allMatch(row -> row.unexplained() == 0 && row.changed() == 0 && row.unchained().isEmpty());
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
    row.unchained().stream()
        .limit(NAMED)
        .forEach(seq -> note.append("  audit event %d hangs on no other that came".formatted(seq)));
    return note.toString();
  }
}
