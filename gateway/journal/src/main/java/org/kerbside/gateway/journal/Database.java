package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Ranges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file: how it is opened, what stands in it, how damage is seen, and where a damaged one goes.
 * Nobody else in the process may open it: closing any descriptor of it drops SQLite's locks.
 */
final class Database {

  static final String FILE = "journal.db";

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String NATIVE = "native";
  private static final String DAMAGED = "journal-damaged-";
  private static final List<String> PARTS = List.of("-shm", "-wal", "");
  private static final int MOST_DAMAGED = 3;

  private Database() {}

  /**
   * SQLite's native library is unpacked at each start, and a kill leaves it there: it goes where we
   * clean up. Only the first call in a process counts; a package that brings the library itself
   * ({@code org.sqlite.lib.path}) needs nothing of this.
   */
  static void unpackBeside(Path folder) throws IOException {
    if (System.getProperty("org.sqlite.lib.path") != null
        || System.getProperty("org.sqlite.tmpdir") != null) {
      return;
    }
    var unpacked = Files.createDirectories(folder.resolve(NATIVE));
    try (var left = Files.newDirectoryStream(unpacked, "sqlite-*")) {
      for (var file : left) {
        Files.deleteIfExists(file);
      }
    }
    System.setProperty("org.sqlite.tmpdir", unpacked.toAbsolutePath().toString());
  }

  /** The one connection that writes, and the only one that moves the log into the file. */
  static Connection write(Path file) throws SQLException {
    var connection = connect(new SQLiteConfig(), file);
    try {
      // The first two only count before the first table.
      tell(
          connection,
          "PRAGMA page_size = 1024",
          "PRAGMA auto_vacuum = INCREMENTAL",
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA journal_size_limit = 4194304",
          "PRAGMA wal_autocheckpoint = 256",
          "PRAGMA cache_size = -1024");
      return connection;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  /** A connection that only looks: it neither writes nor moves the log. */
  static Connection read(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    var connection = connect(config, file);
    try {
      tell(connection, "PRAGMA cache_size = -512");
      return connection;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  private static Connection connect(SQLiteConfig config, Path file) throws SQLException {
    config.setBusyTimeout(1000);
    var connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      tell(
          connection,
          "PRAGMA cell_size_check = ON",
          "PRAGMA trusted_schema = OFF",
          "PRAGMA temp_store = MEMORY");
      return connection;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  static void meta(Connection connection, String name, String value) throws SQLException {
    try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES (?, ?)")) {
      insert.setString(1, name);
      insert.setString(2, Sum.sealed(name, value));
      insert.executeUpdate();
    }
  }

  /** Null where it was never told. */
  static @Nullable String meta(Connection connection, String name) throws SQLException {
    try (var select = connection.prepareStatement("SELECT value FROM meta WHERE name = ?")) {
      select.setString(1, name);
      try (var row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        var value = Sum.opened(name, row.getString(1));
        if (value == null) {
          throw new SQLException(unsound(name));
        }
        return value;
      }
    }
  }

  /** Which of what the journal knows of itself does not add up; null when all does. */
  static @Nullable String unsound(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT name, value FROM meta")) {
      while (row.next()) {
        if (Sum.opened(row.getString(1), row.getString(2)) == null) {
          return unsound(row.getString(1));
        }
      }
      return null;
    }
  }

  private static String unsound(String name) {
    return "meta '%s' does not add up".formatted(name);
  }

  /**
   * What the city has of a stream, or what may have been sent of it.
   *
   * @throws NumberFormatException where that cannot be read, or does not add up
   */
  static Ranges acknowledged(Connection connection, String name) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT ranges FROM acknowledged WHERE stream = ?")) {
      select.setString(1, name);
      try (var row = select.executeQuery()) {
        if (!row.next()) {
          return new Ranges();
        }
        var ranges = Sum.opened(name, row.getString(1));
        if (ranges == null) {
          throw new NumberFormatException("'%s' does not add up".formatted(row.getString(1)));
        }
        return Ranges.parse(ranges);
      }
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** What is wrong with the file, as far as SQLite can see; null when nothing is. */
  static @Nullable String damage(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA quick_check(1)")) {
      var verdict = row.next() ? row.getString(1) : "no answer";
      return "ok".equals(verdict) ? null : verdict;
    }
  }

  static void tell(Connection connection, String... words) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var word : words) {
        statement.execute(word);
      }
    }
  }

  static boolean isDamage(SQLException refusal) {
    var code = primary(refusal);
    return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
  }

  /** A refusal of our own that is damage as well. */
  static SQLException damaged(String problem) {
    return new SQLiteException(problem, SQLiteErrorCode.SQLITE_CORRUPT);
  }

  static boolean isFull(SQLException refusal) {
    return primary(refusal) == SQLiteErrorCode.SQLITE_FULL;
  }

  /** An error after which only the file itself can say what it holds. */
  static boolean isGrave(SQLException refusal) {
    return isDamage(refusal) || primary(refusal) == SQLiteErrorCode.SQLITE_IOERR;
  }

  /** For people: {@code disk full: '[SQLITE_FULL] …'}. */
  static String reason(SQLException refusal) {
    var code = primary(refusal);
    var word =
        code == SQLiteErrorCode.SQLITE_FULL
            ? "disk full; free space: "
            : code == SQLiteErrorCode.SQLITE_READONLY
                ? "read-only; mount it writable: "
                : code == SQLiteErrorCode.SQLITE_IOERR
                    ? "i/o error; check the card: "
                    : isDamage(refusal) ? "damaged; restart to set it aside: " : "";
    return FILE + ": " + word + "'" + refusal.getMessage() + "'";
  }

  private static SQLiteErrorCode primary(SQLException refusal) {
    return refusal instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  /**
   * Moves the file and its log out of the way, together, so that both can be salvaged later. Of
   * more than three the oldest goes, for it would fill the card.
   */
  static Path setAside(Path folder) throws IOException {
    var numbers = damaged(folder);
    while (numbers.size() >= MOST_DAMAGED) {
      int oldest = numbers.removeFirst();
      LOG.warn("{}: deleted, {} newer ones are kept", damaged(oldest), MOST_DAMAGED - 1);
      for (var part : PARTS) {
        Files.deleteIfExists(folder.resolve(damaged(oldest) + part));
      }
    }
    var target = damaged(numbers.isEmpty() ? 1 : numbers.getLast() + 1);
    for (var part : PARTS) {
      var source = folder.resolve(FILE + part);
      if (Files.exists(source)) {
        Files.move(source, folder.resolve(target + part));
      }
    }
    sync(folder);
    return folder.resolve(target);
  }

  /** The newest that was set aside; null when none was. */
  static @Nullable Path lastSetAside(Path folder) throws IOException {
    var numbers = damaged(folder);
    return numbers.isEmpty() ? null : folder.resolve(damaged(numbers.getLast()));
  }

  /** The numbers of those that lie there, the oldest first. */
  private static List<Integer> damaged(Path folder) throws IOException {
    var numbers = new ArrayList<Integer>();
    try (var files = Files.newDirectoryStream(folder, DAMAGED + "*.db")) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName());
        try {
          numbers.add(Integer.parseInt(name.substring(DAMAGED.length(), name.length() - 3)));
        } catch (NumberFormatException _) {
          // Another's: it only looks like one of ours.
        }
      }
    }
    numbers.sort(null);
    return numbers;
  }

  private static String damaged(int number) {
    return DAMAGED + number + ".db";
  }

  static void sync(Path folder) throws IOException {
    try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
