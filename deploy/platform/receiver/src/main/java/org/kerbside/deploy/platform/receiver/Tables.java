package org.kerbside.deploy.platform.receiver;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The SQLite file of a store: its tables, and transactions on them. For one thread. */
final class Tables implements AutoCloseable {

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

  /** What is done whole or not at all. */
  interface Work<T> {
    T run() throws SQLException;
  }

  private final Connection connection;

  private Tables(Connection connection) {
    this.connection = connection;
  }

  /** Opens a file, or makes it. */
  static Tables open(Path file) throws SQLException {
    var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try {
      var tables = new Tables(connection);
      for (var word : List.of("busy_timeout = 30000", "journal_mode = WAL", "synchronous = FULL")) {
        tables.execute("PRAGMA " + word);
      }
      return tables.whole(
          () -> {
            for (var table : TABLES) {
              tables.execute(table);
            }
            return tables;
          });
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  <T> T whole(Work<T> work) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      var result = work.run();
      execute("COMMIT");
      return result;
    } catch (SQLException refused) {
      execute("ROLLBACK");
      throw refused;
    }
  }

  void execute(String words, Object... values) throws SQLException {
    try (var statement = connection.prepareStatement(words)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  PreparedStatement prepare(String words) throws SQLException {
    return connection.prepareStatement(words);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
