package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire;

/**
 * What stands in a journal, looked at from another process than the one that writes it, or while
 * none does. Nothing is changed.
 *
 * @param bytes of the file and its log
 * @param problems what is damaged, for people; empty where nothing is, or nobody looked
 */
public record Survey(String epoch, long bytes, List<Strand> strands, List<String> problems) {

  private static final int PAGE = 500;
  private static final int MOST_PROBLEMS = 100;

  /**
   * One stream.
   *
   * @param first the oldest seq that is kept; 0 for none
   * @param last the newest
   * @param frames how many are kept
   * @param waiting how many of them the city has not acknowledged
   */
  public record Strand(Stream stream, long first, long last, long frames, long waiting) {}

  public Survey {
    strands = List.copyOf(strands);
    problems = List.copyOf(problems);
  }

  /** What stands there, without looking at each row. */
  public static Survey brief(Path folder) throws JournalException {
    return of(folder, List.of());
  }

  /** Likewise, and every row is looked at, and the chain of audit events: may take a minute. */
  public static Survey whole(Path folder, Wire wire) throws JournalException {
    var file = file(folder);
    var problems = new ArrayList<String>();
    try (var connection = Database.read(file)) {
      structure(connection, problems);
      rows(connection, Stream.READINGS, 0, problems, _ -> {});
      chain(connection, new Links(wire, connection, problems), problems);
    } catch (SQLException broken) {
      problems.add("cannot be read further: %s".formatted(broken.getMessage()));
    }
    return of(folder, problems);
  }

  /** To its end, which may move on meanwhile. */
  private static void chain(Connection connection, Links links, List<String> problems)
      throws SQLException {
    long after = 0;
    String head;
    do {
      head = Chain.head(connection);
      after = rows(connection, Stream.EVENTS, after, problems, links::next);
    } while (!head.equals(Chain.head(connection)) && problems.size() < MOST_PROBLEMS);
    links.end(head);
  }

  private static Path file(Path folder) throws JournalException {
    var file = folder.resolve(Database.FILE);
    if (!Files.isRegularFile(file)) {
      throw new JournalException("%s is no file".formatted(file));
    }
    try {
      Database.unpackBeside(folder);
    } catch (IOException elsewhere) {
      // It is unpacked where the machine unpacks; this process only looks.
      return file;
    }
    return file;
  }

  private static Survey of(Path folder, List<String> problems) throws JournalException {
    var file = file(folder);
    try (var connection = Database.read(file)) {
      var strands = new ArrayList<Strand>();
      for (var stream : Stream.values()) {
        strands.add(strand(connection, stream));
      }
      var epoch = Database.meta(connection, "epoch");
      return new Survey(epoch == null ? "" : epoch, bytes(file), strands, problems);
    } catch (SQLException | IOException broken) {
      if (!problems.isEmpty()) {
        return new Survey("", 0, List.of(), problems);
      }
      throw new JournalException("%s cannot be read: %s".formatted(file, broken.getMessage()));
    }
  }

  private static long bytes(Path file) throws IOException {
    var log = file.resolveSibling(Database.FILE + "-wal");
    return Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
  }

  private static Strand strand(Connection connection, Stream stream) throws SQLException {
    var table = WriteSide.table(stream);
    long first = Database.number(connection, "SELECT min(seq) FROM " + table);
    long last = Database.number(connection, "SELECT max(seq) FROM " + table);
    long frames = Database.number(connection, "SELECT count(*) FROM " + table);
    long acknowledged = 0;
    for (var run : acknowledged(connection, stream).runs().entrySet()) {
      acknowledged +=
          Database.number(
              connection,
              "SELECT count(*) FROM %s WHERE seq BETWEEN %d AND %d"
                  .formatted(table, run.getKey(), run.getValue()));
    }
    long waiting = frames - acknowledged;
    return new Strand(stream, first, last, frames, waiting);
  }

  /** What the city has, as the file says. */
  static Ranges acknowledged(Connection connection, Stream stream) throws SQLException {
    try {
      return Database.acknowledged(connection, stream.word());
    } catch (NumberFormatException unreadable) {
      throw new SQLException(
          "what is acknowledged of stream %s: %s".formatted(stream.word(), unreadable.getMessage()),
          unreadable);
    }
  }

  private static void structure(Connection connection, List<String> problems) throws SQLException {
    if (!Schema.isWhole(connection)) {
      problems.add("the tables are not as they were laid");
    }
    var unsound = Database.unsound(connection);
    if (unsound != null) {
      problems.add(unsound);
    }
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA quick_check(20)")) {
      while (row.next()) {
        var told = row.getString(1);
        if (told != null && !told.equals("ok")) {
          problems.add(told);
        }
      }
    }
  }

  /** What is done with a frame that adds up. */
  private interface Look {
    void at(StoredFrame frame) throws SQLException;
  }

  /**
   * A page at a time: a reader that stays keeps the log from being emptied. Returns the last seq.
   */
  private static long rows(
      Connection connection, Stream stream, long from, List<String> problems, Look whole)
      throws SQLException {
    long last = from;
    Long after = from;
    while (after != null && problems.size() < MOST_PROBLEMS) {
      last = after;
      after = page(connection, stream, after, problems, whole);
    }
    return last;
  }

  private static @Nullable Long page(
      Connection connection, Stream stream, long after, List<String> problems, Look whole)
      throws SQLException {
    Long last = null;
    try (var select =
        connection.prepareStatement(
            "SELECT seq, encoding, body, sum FROM %s WHERE seq > ? ORDER BY seq LIMIT %d"
                .formatted(WriteSide.table(stream), PAGE))) {
      select.setLong(1, after);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          last = row.getLong(1);
          if (!ReadSide.isWhole(row)) {
            problems.add("frame %d of stream %s does not add up".formatted(last, stream.word()));
          } else {
            whole.at(ReadSide.frame(stream, row));
          }
        }
      }
    }
    return last;
  }

  /** What the last process wanted remembered: totals, holds, alarms. Null where none did. */
  public static byte @Nullable [] memory(Path folder) throws JournalException {
    var file = file(folder);
    try (var connection = Database.read(file);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT readings, at, body, sum FROM snapshots ORDER BY n DESC LIMIT 2")) {
      while (row.next()) {
        var body = row.getBytes(3);
        if (body != null && Sum.of(row.getLong(1), (int) row.getLong(2), body) == row.getLong(4)) {
          return body;
        }
      }
      return null;
    } catch (SQLException broken) {
      throw new JournalException("%s cannot be read".formatted(file), broken);
    }
  }
}
