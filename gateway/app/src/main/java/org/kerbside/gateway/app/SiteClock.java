package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;

/**
 * The clock of a process that runs a site: watched, and told of when it changes. Goes on while one
 * gateway ends and another begins, and is watched for each in turn. Thread-safe, but for starting
 * and closing, which are the main thread's.
 */
public sealed interface SiteClock extends Clock, AutoCloseable permits SystemClock, FastClock {

  /** Begins to watch the wall clock; {@code changes} is called on a thread of the clock's own. */
  void start(Consumer<Event.Clock> changes);

  /** How far off the wall time may be at most; null when nobody can say. */
  @Nullable Duration within();

  /** No earlier is it now, whatever the wall shows: an earlier run knew it, or the release. */
  Instant lastKnown();

  /** Ends the watch; the clock goes on, and can be watched again. */
  @Override
  void close();
}
