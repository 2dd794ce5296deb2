package org.kerbside.gateway.journal;

import java.sql.SQLException;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Stream;

/**
 * Deletes what nobody needs any more. For the writer's thread alone. Free pages stay in the file
 * and are filled again: giving 1,024 of 190,000 back took 5 s of walking the free list, and the
 * card wears for nothing.
 */
record Freeing(Ledger ledger, Clock clock) {

  /**
   * Of more commands than this the oldest are forgotten, however young. The desk takes fewer in
   * seven days.
   */
  private static final int MOST_COMMANDS = 100_000;

  private static final long LONGEST = 250_000_000; // ns; commits wait meanwhile
  private static final long STEP = 25_000_000; // ns; what one transaction should take

  /** Times are the journal's own, in milliseconds; how many frames were deleted. */
  long free(long now, long before) throws SQLException {
    long start = clock.nanos();
    long freed = 0;
    int most = 256;
    for (var stream : Stream.values()) {
      for (var old : ledger.tracks().of(stream).freeable()) {
        long some = 1;
        while (some > 0 && clock.nanos() - start < LONGEST) {
          long step = clock.nanos();
          some = some(stream, old, most, now, before);
          freed += some;
          most = clock.nanos() - step < STEP ? Math.min(2 * most, 8192) : most / 2 + 1;
        }
      }
    }
    forget(now);
    return freed;
  }

  /** The frames, what says that they were acknowledged, and their seqs go in one transaction. */
  private long some(Stream stream, Commit.Span old, int most, long now, long before)
      throws SQLException {
    var tracks = ledger.tracks();
    var cursors = tracks.unwritten();
    var side = ledger.access().side();
    var table = WriteSide.table(stream);
    long lowest = side.lowest(table, old);
    if (lowest > old.first()) {
      tracks.of(stream).gone(old.first(), lowest - 1);
    }
    if (lowest > old.last()) {
      return 0;
    }
    side.begin();
    var some = new Commit.Span(lowest, Math.min(old.last(), lowest + most - 1));
    long deleted = side.deleteFrames(table, some, before);
    if (deleted == 0) {
      side.tell("ROLLBACK");
      return 0;
    }
    side.cursors(cursors);
    side.meta("last-" + table, Long.toString(tracks.of(stream).last()));
    side.meta("served", Long.toString(now));
    side.commit();
    tracks.written(cursors);
    return deleted;
  }

  private void forget(long now) throws SQLException {
    var access = ledger.access();
    var heads = access.heads();
    long needed = ledger.deliveries().forget(now, heads.deliveries() + 1);
    long old = now - Journal.COMMANDS_KEPT.toMillis();
    var side = access.side();
    side.begin();
    side.forget(needed, old, heads, MOST_COMMANDS);
    side.commit();
  }
}
