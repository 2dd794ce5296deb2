package org.kerbside.drivers.board;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Value;

/** What others hand over to a bus's thread. Thread-safe and bounded; nobody waits to hand over. */
final class Acts {

  private static final int MOST = 4096; // at 225 Hz on four lines: two seconds

  /** One of them. */
  sealed interface Act {

    /**
     * An edge.
     *
     * @param at when it was heard, ns
     */
    record Edge(Attached of, Level level, long at) implements Act {}

    /** A person wants to know what it says. */
    record Look(Attached of, CompletableFuture<List<Sample>> answer) implements Act {}

    /** An order. */
    record Move(OutputDevice of, Value value) implements Act {}
  }

  private final BlockingQueue<Act> queue = new ArrayBlockingQueue<>(MOST);
  private final AtomicLong lost = new AtomicLong();

  /** False when too many wait already; an edge is then counted as lost. */
  boolean put(Act act) {
    boolean hasRoom = queue.offer(act);
    if (!hasRoom) {
      lost.incrementAndGet();
    }
    return hasRoom;
  }

  /** The next, waiting at most so long; null when none came. */
  @Nullable Act next(long nanos) throws InterruptedException {
    return queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** How many had no room since the last call. */
  long lost() {
    return lost.getAndSet(0);
  }

  /** All that wait. */
  List<Act> drain() {
    var waiting = new ArrayList<Act>();
    queue.drainTo(waiting);
    return waiting;
  }
}
