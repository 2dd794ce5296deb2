package org.kerbside.gateway.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.StoredFrame;

/**
 * One stream in memory: how far it is committed, what the city has acknowledged, and its newest
 * frames, so that the drain seldom asks the disk. Thread-safe; no call waits for the disk.
 */
final class Track {

  private static final int TAIL_BYTES = 512 * 1024;
  private static final int TAIL_FRAMES =
      2048; // a power of two: seq & (TAIL_FRAMES - 1) is the slot

  /** Acknowledgements as they stand in the file. */
  record Cursor(long revision, String text) {}

  private final Ranges acknowledged;
  private final @Nullable StoredFrame[] tail = new @Nullable StoredFrame[TAIL_FRAMES];
  private long last;
  private long tailFirst;
  private int tailBytes;
  private long revision;
  private long written;

  Track(long last, Ranges acknowledged) {
    this.last = last;
    this.tailFirst = last + 1;
    this.acknowledged = acknowledged;
  }

  synchronized long last() {
    return last;
  }

  synchronized long waiting() {
    return last - acknowledged.count();
  }

  /** A frame that is committed: the one after {@link #last}. */
  synchronized void committed(StoredFrame frame) {
    last = frame.seq();
    tail[slot(last)] = frame;
    tailBytes += frame.rendered().payload().length;
    while (tailBytes > TAIL_BYTES || last - tailFirst >= TAIL_FRAMES - 1) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    var oldest = tail[slot(tailFirst)];
    tail[slot(tailFirst)] = null;
    tailFirst++;
    if (oldest != null) {
      tailBytes -= oldest.rendered().payload().length;
    }
  }

  private static int slot(long seq) {
    return (int) seq & (TAIL_FRAMES - 1);
  }

  /** What was never committed cannot be acknowledged, whatever a platform says. */
  synchronized void acknowledge(long seq) {
    if (seq >= 1 && seq <= last && !acknowledged.contains(seq)) {
      acknowledged.add(seq);
      revision++;
    }
  }

  /** As {@code Outbox.unacknowledged}; null when the first of them is on the disk only. */
  synchronized @Nullable List<StoredFrame> fromTail(long from, long to, int most) {
    long seq = acknowledged.missing(Math.max(1, from));
    long end = Math.min(to, last);
    if (seq <= end && seq < tailFirst) {
      return null;
    }
    var frames = new ArrayList<StoredFrame>();
    while (seq <= end && frames.size() < most) {
      var frame = tail[slot(seq)];
      if (frame != null) {
        frames.add(frame);
      }
      seq = acknowledged.missing(seq + 1);
    }
    return frames;
  }

  /** The first hole in the acknowledgements at or after {@code from} and up to {@code to}. */
  synchronized Commit.@Nullable Span hole(long from, long to) {
    long end = Math.min(to, last);
    long first = acknowledged.missing(Math.max(1, from));
    return first > end ? null : new Commit.Span(first, Math.min(end, acknowledged.holeEnd(first)));
  }

  synchronized Map<Long, Long> acknowledgedRuns() {
    return acknowledged.runs();
  }

  /** What the file does not know yet; null when it knows all. */
  synchronized @Nullable Cursor unwritten() {
    return revision == written ? null : cursor();
  }

  synchronized Cursor cursor() {
    return new Cursor(revision, acknowledged.text());
  }

  synchronized void written(Cursor cursor) {
    written = Math.max(written, cursor.revision());
  }
}
