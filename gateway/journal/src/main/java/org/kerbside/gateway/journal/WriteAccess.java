package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the writer's connection. After an error nobody knows what the kernel takes for
 * written: the connection goes, and the next attempt opens the file anew and looks at it first. For
 * the writer's thread alone.
 */
final class WriteAccess {

  private static final Logger LOG = LoggerFactory.getLogger(WriteAccess.class);

  private final Path file;
  private final String epoch;

  private @Nullable WriteSide side;
  private Heads heads;
  private @Nullable SQLException trouble;
  private @Nullable Doubtful doubtful;
  private List<String> planted = List.of();
  private volatile @Nullable SetAside untold;

  WriteAccess(Path file, Opening opening) {
    this.file = file;
    epoch = opening.epoch();
    side = opening.side();
    heads = opening.heads();
    untold = opening.setAside();
  }

  /** What is committed, and so must be in the file. */
  Heads heads() {
    return heads;
  }

  /** May be asked by any thread. */
  @Nullable SetAside untold() {
    return untold;
  }

  void told() {
    untold = null;
  }

  WriteSide side() throws SQLException {
    var open = side;
    if (open == null) {
      open = opened();
      side = open;
    }
    return open;
  }

  private WriteSide opened() throws SQLException {
    if (isGrave()) {
      renewLog();
    }
    var connection = Database.write(file);
    try {
      Database.tell(connection, planted.toArray(String[]::new));
      if (isGrave()) {
        var damage = Database.damage(connection);
        if (damage != null) {
          throw new SQLException("damaged: " + damage + "; restart to set it aside");
        }
      }
      if (!epoch.equals(Database.meta(connection, "epoch"))) {
        throw new SQLException("another journal lies here now; restart to take it");
      }
      var opened = new WriteSide(connection);
      agree(opened);
      return opened;
    } catch (SQLException refused) {
      connection.close();
      throw refused;
    }
  }

  private void renewLog() throws SQLException {
    try {
      LogFile.renew(file);
    } catch (IOException refused) {
      throw new SQLException("the log takes nothing: " + refused.getMessage(), refused);
    }
  }

  /** The file must hold all that was kept; what was refused and is there all the same goes. */
  private void agree(WriteSide opened) throws SQLException {
    var there = opened.heads();
    var step = doubtful;
    doubtful = null;
    if (step != null) {
      boolean reached = there.events() > heads.events();
      heads = reached ? heads.withEvents(there.events()) : heads;
      step.end(reached);
    }
    if (there.readings() < heads.readings() || there.events() < heads.events()) {
      throw new SQLException("committed frames are gone; restart to look into it");
    }
    if (there.equals(heads)) {
      return;
    }
    opened.takeBack(heads);
    var aside = untold;
    if (aside != null) {
      opened.meta("set-aside", aside.file().toString());
    }
  }

  /** A step of the ladder whose commit failed: the next opening tells whether it is on the disk. */
  interface Doubtful {
    void end(boolean reached);
  }

  void doubt(Doubtful step) {
    doubtful = step;
  }

  /** Something was committed, up to here. */
  void kept(Heads now) {
    heads = now;
    if (trouble != null) {
      trouble = null;
      LOG.info("the journal keeps again");
    }
  }

  /** Something was not. */
  Commit.Refused refused(SQLException refusal) {
    var reason = Database.reason(refusal);
    if (trouble == null) {
      LOG.warn("nothing is kept, nobody is acknowledged: {}", reason);
    }
    // A grave one stays until a commit shows that the file was found sound.
    trouble = isGrave() ? trouble : refusal;
    close();
    return new Commit.Refused(reason);
  }

  private boolean isGrave() {
    return trouble != null && Database.isGrave(trouble);
  }

  void close() {
    var open = side;
    side = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException stuck) {
        LOG.warn("{}: not closed: '{}'", Database.FILE, stuck.getMessage());
      }
    }
  }

  /** Tests weaken the connection with it, and each that is opened later. */
  void plant(String pragma) throws SQLException {
    side().tell(pragma);
    planted = List.of(pragma);
  }
}
