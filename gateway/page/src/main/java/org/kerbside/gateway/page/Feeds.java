package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The open streams, {@value #MOST} at most: one more and the oldest is told goodbye. Thread-safe.
 */
final class Feeds {

  static final int MOST = 16;

  private static final Duration GOODBYES = Duration.ofMillis(200);

  // Guarded by this; oldest first.
  private final Deque<Feed> open = new ArrayDeque<>();
  private boolean isClosed;

  synchronized void add(Feed feed) {
    open.addLast(feed);
    if (isClosed) {
      feed.end(Feed.Bye.CLOSING);
    } else if (open.size() > MOST) {
      open.removeFirst().end(Feed.Bye.FULL);
    }
  }

  /** How many are open. */
  synchronized int count() {
    return open.size();
  }

  synchronized void remove(Feed feed) {
    open.remove(feed);
    notifyAll();
  }

  /** Ends all, and waits a little for their goodbyes to be on the wire. */
  synchronized void close() {
    isClosed = true;
    open.forEach(feed -> feed.end(Feed.Bye.CLOSING));
    var deadline = System.nanoTime() + GOODBYES.toNanos();
    try {
      for (var left = GOODBYES.toMillis();
          !open.isEmpty() && left > 0;
          left = (deadline - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
