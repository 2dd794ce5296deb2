package org.kerbside.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables. Rowid is the seq, or the order of arrival; no index on what every commit touches. */
final class Schema {

  static final int VERSION = 1;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
          frames("readings"),
          frames("events"),
          "CREATE TABLE acknowledged (stream TEXT PRIMARY KEY, ranges TEXT NOT NULL) WITHOUT ROWID",
          "CREATE TABLE deliveries (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, key TEXT NOT NULL)",
          "CREATE TABLE commands (n INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
              + " id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, op TEXT NOT NULL,"
              + " point TEXT NOT NULL, value TEXT, issuer TEXT NOT NULL, by TEXT NOT NULL,"
              + " reason TEXT NOT NULL, issued TEXT, expires TEXT, lease TEXT)",
          "CREATE TABLE outcomes (n INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
              + " id TEXT NOT NULL UNIQUE, word TEXT NOT NULL, detail TEXT)",
          "CREATE TABLE snapshots (n INTEGER PRIMARY KEY, readings INTEGER NOT NULL,"
              + " events INTEGER NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL,"
              + " sum INTEGER NOT NULL)");

  private Schema() {}

  private static String frames(String table) {
    return "CREATE TABLE "
        + table
        + " (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, encoding INTEGER NOT NULL,"
        + " body BLOB NOT NULL, sum INTEGER NOT NULL)";
  }

  static void lay(Connection connection, String epoch, @Nullable String setAside)
      throws SQLException {
    Database.tell(connection, "BEGIN IMMEDIATE");
    Database.tell(connection, TABLES.toArray(String[]::new));
    Database.tell(connection, "PRAGMA user_version = " + VERSION);
    Database.meta(connection, "epoch", epoch);
    Database.meta(connection, "schema", Integer.toString(VERSION));
    if (setAside != null) {
      Database.meta(connection, "set-aside", setAside);
    }
    Database.tell(connection, "COMMIT");
  }

  /**
   * Whether the tables are as they were laid: a flipped bit in a column's name is an error later.
   */
  static boolean isWhole(Connection connection) throws SQLException {
    var there = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")) {
      while (row.next()) {
        there.add(row.getString(1));
      }
    }
    return there.equals(TABLES);
  }
}
