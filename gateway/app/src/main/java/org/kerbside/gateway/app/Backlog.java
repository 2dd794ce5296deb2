package org.kerbside.gateway.app;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What control has decided and the writer has not kept, bounded. While the disk keeps it waiting
 * only the last memories are held: they replace earlier ones. Control puts, the writer takes;
 * nobody waits.
 */
final class Backlog {

  /**
   * Readings, events and senders that may wait, about 10 MB; when there are more, control refuses
   * senders.
   */
  static final int ROOM = 32_768;

  // Guarded by this.
  private final Queue<Batch> waiting = new ArrayDeque<>();
  private @Nullable Batch remembers; // of those that wait the last with memories
  private int weight; // of what the writer has taken and not kept, too
  private long refused; // senders, for want of room

  /** A batch is from then on the writer's, unless there is no room. */
  synchronized boolean put(Batch batch) {
    // A batch that is larger than the room goes in when it is alone.
    if (weight > 0 && weight + batch.weight() > ROOM) {
      refused += batch.receipts().size();
      return false;
    }
    weight += batch.weight();
    if (!batch.memories().isEmpty()) {
      if (remembers != null) {
        remembers.memories().clear();
      }
      remembers = batch;
    }
    waiting.add(batch);
    return true;
  }

  /** The oldest, whose room is free once it is {@link #kept}; null when none waits. */
  synchronized @Nullable Batch poll() {
    var batch = waiting.poll();
    if (batch != null && !batch.memories().isEmpty()) {
      remembers = null;
    }
    return batch;
  }

  synchronized void kept(Batch batch) {
    weight -= batch.weight();
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  synchronized boolean hasMemories() {
    return remembers != null;
  }

  /** What waits, the oldest first. */
  synchronized List<Batch> all() {
    return List.copyOf(waiting);
  }

  /** How many senders were refused because too much waits. */
  synchronized long refused() {
    return refused;
  }
}
