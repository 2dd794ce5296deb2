package org.kerbside.gateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The committed frames that wait for the city. All methods are thread-safe. */
public interface Outbox {

  /** Changes only if the journal itself was lost. */
  String epoch();

  /** The last committed seq of a stream; 0 before the first. */
  long last(Stream stream);

  /**
   * The first committed frames from {@code from} on, in order, that are not acknowledged and lie at
   * or below {@code to}; at most {@code most}. Empty when there are none.
   */
  List<StoredFrame> unacknowledged(Stream stream, long from, long to, int most);

  /** How many frames of a stream are committed and not acknowledged. */
  long waiting(Stream stream);

  /** The city has this frame. Written with a later commit: after a crash it may be sent again. */
  void acknowledge(Stream stream, long seq);

  /** The city has the frames of a span, the first to the last. As {@link #acknowledge}. */
  void acknowledge(Stream stream, long first, long last);

  /**
   * The first frames from {@code from} on, up to {@code to}, that are still there, acknowledged or
   * not, in order; at most {@code most}. Null when the store cannot be read now; what the answer
   * leaves out before its last frame, and all of the span when it is empty, is gone for good.
   */
  @Nullable List<StoredFrame> kept(Stream stream, long from, long to, int most);

  /**
   * The way to the city may not carry so much: readings up to {@code upTo} are to give way to their
   * hours within minutes, as far as they were not handed out. A gap tells of it.
   */
  void spare(long upTo);

  /** Up to here they have, or were handed out before; 0 before anything was asked. */
  long spared();

  /** Runs after each commit that brought frames, on the writer's thread: must return at once. */
  void whenCommitted(Runnable wake);
}
