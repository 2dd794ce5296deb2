package org.kerbside.gateway.journal;

import java.time.Duration;
import org.kerbside.gateway.model.Moment;

/**
 * The journal's own time: milliseconds for which some process served it, so no step of a wall clock
 * frees anything early. While no process runs it stands still.
 */
final class Served {

  private final Moment opened;
  private final long before;

  /** The writer's. */
  private long written;

  Served(Moment opened, long before) {
    this.opened = opened;
    this.before = before;
    written = before;
  }

  Moment opened() {
    return opened;
  }

  /** May be asked by any thread. */
  long at(Moment moment) {
    return before + moment.since(opened).toMillis();
  }

  /** When that was, since this process started; before it, where an earlier one served. */
  Duration up(long time) {
    return opened.sinceBoot().plusMillis(time - before);
  }

  /** The time to write at that moment: never before what is written. On the writer's thread. */
  long toWrite(Moment moment) {
    return Math.max(written, at(moment));
  }

  /** An entry of that time is committed. */
  void wrote(long time) {
    written = time;
  }
}
