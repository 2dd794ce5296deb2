package org.kerbside.gateway.journal;

import java.sql.SQLException;
import java.time.Duration;
import org.kerbside.gateway.model.Stream;

/** Deletes what nobody needs any more. For the writer's thread alone. */
record Freeing(WriteAccess access, Tracks tracks, Deliveries deliveries) {

  /** Of more commands than this the oldest are forgotten, however young. */
  private static final int MOST_COMMANDS = 100_000;

  private static final Duration LONGEST = Duration.ofMillis(250); // commits wait meanwhile
  private static final long FREE_PAGES = 16 * 1024; // more free pages than these shrink the file

  /** Times are the journal's own, in milliseconds; how many frames were deleted. */
  long free(long now, long before) throws SQLException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    long freed = 0;
    for (var stream : Stream.values()) {
      for (var run : tracks.of(stream).acknowledgedRuns().entrySet()) {
        long some = 1;
        while (some > 0 && System.nanoTime() < deadline) {
          some = some(stream, run.getKey(), run.getValue(), now, before);
          freed += some;
        }
      }
    }
    forget(now);
    if (access.side().number("PRAGMA freelist_count") > FREE_PAGES) {
      access.side().tell("PRAGMA incremental_vacuum(1024)");
    }
    return freed;
  }

  /** The frames, what says that they were acknowledged, and their seqs go in one transaction. */
  private long some(Stream stream, long first, long last, long now, long before)
      throws SQLException {
    var cursors = tracks.unwritten();
    var side = access.side();
    var table = WriteSide.table(stream);
    side.begin();
    long deleted = side.deleteFrames(table, first, last, before);
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
    var heads = access.heads();
    long needed = deliveries.forget(now, heads.deliveries() + 1);
    long old = now - Journal.COMMANDS_KEPT.toMillis();
    var side = access.side();
    side.begin();
    side.delete("deliveries WHERE n < " + needed);
    side.delete(someOldest("commands", heads.commands(), old));
    side.delete(someOldest("outcomes", heads.outcomes(), old));
    side.commit();
  }

  private static String someOldest(String table, long head, long old) {
    return "%1$s WHERE n IN (SELECT n FROM %1$s ORDER BY n LIMIT 1000) AND (at < %2$d OR n <= %3$d)"
        .formatted(table, old, head - MOST_COMMANDS);
  }
}
