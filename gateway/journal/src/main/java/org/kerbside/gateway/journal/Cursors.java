package org.kerbside.gateway.journal;

import java.sql.SQLException;

/**
 * Writes how far the way up has come when no entry carries it along. For the writer's thread alone.
 */
record Cursors(Ledger ledger, Sending sending) {

  /** What was acknowledged since the last commit. */
  void persist() throws SQLException {
    var cursors = ledger.tracks().unwritten();
    if (cursors.isEmpty()) {
      return;
    }
    var access = ledger.access();
    var side = access.side();
    side.begin();
    side.cursors(cursors);
    side.commit();
    access.kept(access.heads());
    ledger.tracks().written(cursors);
  }

  /** All of it: from here on a crash leaves no doubt of what was sent. */
  void settle() throws SQLException {
    var side = ledger.access().side();
    side.begin();
    side.cursors(ledger.tracks().all());
    side.commit();
    sending.ends();
  }
}
