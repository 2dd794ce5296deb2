package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first look into the file, and what it found there. A damaged one is set aside first.
 *
 * @param served the journal's own time when it was last written, in milliseconds
 * @param remembered the last reading that is in a snapshot
 */
record Opening(
    WriteSide side,
    String epoch,
    Heads heads,
    long served,
    Ranges readings,
    Ranges sent,
    Ranges events,
    Deliveries deliveries,
    long remembered,
    @Nullable SetAside setAside) {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  static Opening of(Path folder, String gateway, Wire wire, Moment now)
      throws SQLException, IOException, JournalException {
    Files.createDirectories(folder);
    var file = folder.resolve(Database.FILE);
    new Ballast(file).dropIfShort();
    Database.unpackBeside(folder);
    var tail = LogTail.of(file);
    LogFile.renew(file);
    var connection = sound(folder, file, tail, now);
    try {
      Salvage.proceed(folder, connection, gateway, wire);
      var side = new WriteSide(connection);
      if (tail == LogTail.Verdict.UNSURE) {
        LOG.warn("the last commit is torn, and may have been acknowledged: its seqs are left out");
        jump(connection, new Jump(side, new Cut(gateway, epoch(connection), wire), now));
      }
      return load(connection, side);
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  private static void jump(Connection connection, Jump jump) throws SQLException {
    jump.over(
        served(jump.side()),
        acknowledged(connection, Stream.READINGS.word()),
        acknowledged(connection, WriteSide.SENT),
        acknowledged(connection, Stream.EVENTS.word()));
  }

  private static Connection sound(Path folder, Path file, LogTail.Verdict tail, Moment now)
      throws SQLException, IOException, JournalException {
    if (tail == LogTail.Verdict.DAMAGED) {
      return afresh(folder, file, "commits of the log cannot be read", now);
    }
    String problem;
    try {
      var connection = Database.write(file);
      try {
        problem = problem(connection);
        if (problem == null) {
          beginIfNew(connection, folder, now);
          return connection;
        }
        connection.close();
      } catch (SQLException | JournalException refused) {
        connection.close();
        throw refused;
      }
    } catch (SQLException refused) {
      if (!Database.isDamage(refused)) {
        throw refused;
      }
      problem = refused.getMessage();
    }
    return afresh(folder, file, problem, now);
  }

  private static Connection afresh(Path folder, Path file, @Nullable String problem, Moment now)
      throws SQLException, IOException {
    LOG.warn("{}: damaged: '{}'", file, problem);
    LOG.warn("set aside as {}; a new epoch begins", Database.setAside(folder));
    var fresh = Database.write(file);
    beginIfNew(fresh, folder, now);
    return fresh;
  }

  /** What is wrong with an open file; null when nothing is. */
  private static @Nullable String problem(Connection connection)
      throws SQLException, JournalException {
    var damage = Database.damage(connection);
    if (damage != null) {
      return damage;
    }
    long version = version(connection);
    if (version == 0) {
      return Database.number(connection, "SELECT count(*) FROM sqlite_master") == 0
          ? null
          : "tables without a schema version";
    }
    if (version == Schema.VERSION) {
      var unsound =
          Schema.isWhole(connection)
              ? Database.unsound(connection)
              : "the tables are not as they were laid";
      if (unsound != null) {
        return unsound;
      }
    }
    // Written twice: a flipped bit must not pass for a newer version.
    var told = Database.meta(connection, "schema");
    if (!Long.toString(version).equals(told)) {
      return "schema version " + version + " in the header, " + told + " in meta";
    }
    if (version > Schema.VERSION) {
      throw new JournalException(
          "%s: written by a newer version: schema %d, this one knows %d; install the newer again"
              .formatted(Database.FILE, version, Schema.VERSION));
    }
    return Database.meta(connection, "epoch") == null ? "no epoch" : null;
  }

  private static long version(Connection connection) throws SQLException {
    return Database.number(connection, "PRAGMA user_version");
  }

  private static void beginIfNew(Connection connection, Path folder, Moment now)
      throws SQLException, IOException {
    if (version(connection) != 0) {
      return;
    }
    // A new journal beside a damaged one: a kill may have come between setting aside and telling.
    var damaged = Database.lastSetAside(folder);
    var name = damaged == null ? null : String.valueOf(damaged.getFileName());
    Schema.lay(connection, Epoch.begun(now, new SecureRandom()), name);
    if (name != null) {
      Salvage.remember(connection, name);
    }
    Database.sync(folder);
  }

  private static Opening load(Connection connection, WriteSide side) throws SQLException {
    var epoch = epoch(connection);
    long served = served(side);
    var name = Database.meta(connection, "set-aside");
    return new Opening(
        side,
        epoch,
        side.heads(),
        served,
        acknowledged(connection, Stream.READINGS.word()),
        acknowledged(connection, WriteSide.SENT),
        acknowledged(connection, Stream.EVENTS.word()),
        deliveries(connection, served - Deliveries.LIFETIME.toMillis()),
        side.remembered(),
        name == null ? null : new SetAside(Path.of(name), Salvage.told(connection)));
  }

  private static String epoch(Connection connection) throws SQLException {
    var epoch = Database.meta(connection, "epoch");
    if (epoch == null) {
      throw new SQLException("no epoch");
    }
    return epoch;
  }

  private static long served(WriteSide side) throws SQLException {
    long served = side.number("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'served'");
    for (var last :
        new String[] {
          "readings ORDER BY seq",
          "events ORDER BY seq",
          "commands ORDER BY n",
          "deliveries ORDER BY n",
          "snapshots ORDER BY n"
        }) {
      served = Math.max(served, side.number("SELECT at FROM " + last + " DESC LIMIT 1"));
    }
    return served;
  }

  private static Ranges acknowledged(Connection connection, String name) throws SQLException {
    try {
      return Database.acknowledged(connection, name);
    } catch (NumberFormatException unreadable) {
      LOG.warn("acknowledgements of {} unreadable: all is sent again", name, unreadable);
      return new Ranges();
    }
  }

  private static Deliveries deliveries(Connection connection, long since) throws SQLException {
    var deliveries = new Deliveries();
    try (var select =
        connection.prepareStatement("SELECT n, at, key FROM deliveries WHERE at >= ? ORDER BY n")) {
      select.setLong(1, since);
      try (var row = select.executeQuery()) {
        while (row.next()) {
          deliveries.heard(row.getString(3), row.getLong(1), row.getLong(2));
        }
      }
    }
    return deliveries;
  }
}
