package org.kerbside.gateway.uplink;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/**
 * Frames of one stream that go again out of their turn: the platform needs them, or the broker
 * refused them. What is not there any more is told as gone. Of one connection; confined to the
 * uplink's thread.
 */
final class Repeats {

  private static final int READ_AHEAD = 16;

  /** Hears what cannot be sent again. */
  interface Gone {
    void gone(Stream stream, long first, long last);
  }

  private final Outbox outbox;
  private final Stream stream;
  private final Gone gone;
  private final Ranges wanted = new Ranges();
  private final Deque<StoredFrame> ahead = new ArrayDeque<>();
  private boolean mayRead = true;

  Repeats(Outbox outbox, Stream stream, Gone gone) {
    this.outbox = outbox;
    this.stream = stream;
    this.gone = gone;
  }

  /** What was never committed is not wanted. */
  void want(long first, long last) {
    long end = Math.min(last, outbox.last(stream));
    if (first <= end) {
      wanted.add(first, end);
    }
  }

  @Nullable StoredFrame peek() {
    while (ahead.isEmpty() && mayRead && !wanted.isEmpty()) {
      read();
    }
    return ahead.peek();
  }

  /** The frame that {@link #peek} showed. */
  StoredFrame pass() {
    return ahead.remove();
  }

  /** Some time has passed: a disk that would not answer may. */
  void stir() {
    mayRead = true;
  }

  private void read() {
    long first = wanted.runs().keySet().iterator().next();
    long last = wanted.missing(first) - 1;
    var frames = outbox.kept(stream, first, last, READ_AHEAD);
    if (frames == null) {
      mayRead = false;
      return;
    }
    long next = first;
    for (var frame : frames) {
      if (frame.seq() > next) {
        gone.gone(stream, next, frame.seq() - 1);
      }
      ahead.add(frame);
      next = frame.seq() + 1;
    }
    if (frames.isEmpty()) {
      gone.gone(stream, first, last);
      next = last + 1;
    }
    wanted.remove(first, next - 1);
  }
}
