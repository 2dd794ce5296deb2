package org.kerbside.gateway.uplink;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/**
 * One lane's frames in order, read a few at a time. Asks the outbox only when something may have
 * come; passes over what the broker has already, or will not have. Confined to the uplink's thread.
 */
final class Reel {

  /** At 128 KiB a frame, 2 MiB. */
  private static final int READ_AHEAD = 16;

  private final Outbox outbox;
  private final Stream stream;
  private final long from;
  private final long to;
  private final Sent sent;
  private final Suspects suspects;
  private final Deque<StoredFrame> ahead = new ArrayDeque<>();
  private long next;
  private boolean mayHaveMore = true;
  private long ceiling = Long.MAX_VALUE;

  Reel(Outbox outbox, Stream stream, long from, long to, Sent sent, Suspects suspects) {
    this.outbox = outbox;
    this.stream = stream;
    this.from = from;
    this.to = to;
    this.next = from;
    this.sent = sent;
    this.suspects = suspects;
  }

  @Nullable StoredFrame peek() {
    while (true) {
      for (var frame = ahead.peek(); frame != null; frame = ahead.peek()) {
        if (!passesOver(frame.seq())) {
          return frame.seq() <= ceiling ? frame : null;
        }
        ahead.remove();
      }
      if (!mayHaveMore) {
        return null;
      }
      read();
    }
  }

  private boolean passesOver(long seq) {
    return sent.has(stream, seq) || suspects.passesOver(stream, seq);
  }

  private void read() {
    next = sent.missing(stream, next);
    ahead.addAll(outbox.unacknowledged(stream, next, Math.min(to, ceiling), READ_AHEAD));
    mayHaveMore = !ahead.isEmpty();
    if (mayHaveMore) {
      next = ahead.getLast().seq() + 1;
    }
  }

  /** The frame that {@link #peek} showed. */
  StoredFrame pass() {
    return ahead.remove();
  }

  /** Frames were committed. */
  void stir() {
    mayHaveMore |= next <= to;
  }

  /** No frame above goes for now, nor is it asked for: what was handed out is never thinned. */
  void hold(long above) {
    if (above != ceiling) {
      ceiling = above;
      stir();
    }
  }

  /** From the beginning: what was acknowledged meanwhile does not come again. */
  void rewind() {
    ahead.clear();
    next = from;
    mayHaveMore = true;
  }
}
