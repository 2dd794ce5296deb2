package org.kerbside.gateway.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;

/**
 * One stream in memory: how far it is committed, what the city has acknowledged, and its newest
 * frames, so that the drain seldom asks the disk. Thread-safe; no call waits for the disk.
 */
final class Track {

  private static final int TAIL_BYTES = 512 * 1024;
  private static final int TAIL_FRAMES =
      2048; // a power of two: seq & (TAIL_FRAMES - 1) is the slot

  /**
   * How far the way up has come, as it stands in the file.
   *
   * @param acknowledged the ranges that the city has
   * @param sent the ranges that it may have, acknowledged or not
   */
  record Cursor(long revision, String acknowledged, String sent) {}

  private final Ranges acknowledged;

  /** Handed out, or acknowledged: no byte of these may change. */
  private final Ranges sent;

  /** Acknowledged, and no longer in the file. A new process has to look again. */
  private final Ranges gone = new Ranges();

  /** Being changed just now: not to be handed out. */
  private Commit.@Nullable Span claimed;

  /** What is after it is read again after a crash: it neither goes nor changes. */
  private long remembered = Long.MAX_VALUE;

  private long claims;
  private final @Nullable StoredFrame[] tail = new @Nullable StoredFrame[TAIL_FRAMES];
  private long last;
  private long tailFirst;
  private int tailBytes;
  private long revision;
  private long written;

  Track(long last, Ranges acknowledged, Ranges sent) {
    this.sent = sent;
    this.last = last;
    this.tailFirst = last + 1;
    this.acknowledged = acknowledged;
  }

  synchronized long last() {
    return last;
  }

  /** All that is committed is in a snapshot now. */
  synchronized void remembered() {
    remembered = last;
  }

  /** What an earlier process left: all up to here is in its snapshot. */
  synchronized Track remembered(long seq) {
    remembered = seq;
    return this;
  }

  /** The last frame that no replay needs. */
  synchronized long unneeded() {
    return Math.min(last, remembered);
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
      sent.add(seq);
      revision++;
    }
  }

  /** As {@link #acknowledge}, a span of them. */
  synchronized void acknowledge(long first, long end) {
    long before = acknowledged.count();
    long from = Math.max(1, first);
    long to = Math.min(end, last);
    if (from <= to) {
      acknowledged.add(from, to);
    }
    if (acknowledged.count() != before) {
      revision++;
    }
  }

  /** As {@code Outbox.unacknowledged}; null when the first of them is on the disk only. */
  synchronized @Nullable List<StoredFrame> fromTail(long from, long to, int most) {
    long seq = acknowledged.missing(Math.max(1, from));
    long end = end(seq, to);
    if (seq <= end && seq < tailFirst) {
      return null;
    }
    var frames = new ArrayList<StoredFrame>();
    while (seq <= end && frames.size() < most) {
      var frame = tail[slot(seq)];
      if (frame != null) {
        frames.add(frame);
        send(seq);
      }
      seq = acknowledged.missing(seq + 1);
    }
    return frames;
  }

  private void send(long seq) {
    if (!sent.contains(seq)) {
      sent.add(seq);
      revision++;
    }
  }

  private long end(long from, long to) {
    long end = Math.min(to, last);
    var claim = claimed;
    return claim != null && from <= claim.last() ? Math.min(end, claim.first() - 1) : end;
  }

  /** How many claims there were: tells whether what was read since is still so. */
  synchronized long claims() {
    return claims;
  }

  /** Whether frames that were read from the disk may be handed out: nothing claimed since. */
  synchronized boolean handOut(List<StoredFrame> frames, long claimsBefore) {
    if (claims != claimsBefore) {
      return false;
    }
    for (var frame : frames) {
      send(frame.seq());
    }
    return true;
  }

  /** The first frames from {@code from} up to {@code to} that were never handed out. */
  synchronized Commit.@Nullable Span unsent(long from, long to) {
    long first = sent.missing(Math.max(1, from));
    return first > Math.min(to, last)
        ? null
        : new Commit.Span(first, Math.min(Math.min(to, last), sent.holeEnd(first)));
  }

  /** Takes frames to change them; false when one was handed out meanwhile. */
  synchronized boolean claimUnsent(Commit.Span span) {
    var unsent = unsent(span.first(), span.last());
    return span.equals(unsent) && claim(span);
  }

  /** Takes frames that may have been sent, to drop them. */
  synchronized boolean claim(Commit.Span span) {
    claimed = span;
    claims++;
    return true;
  }

  synchronized void release() {
    claimed = null;
  }

  /** The cursor as it stands once some seqs have gone. */
  synchronized Cursor cursorWithout(Ranges gone) {
    var rest = Ranges.parse(acknowledged.text());
    var handed = Ranges.parse(sent.text());
    gone.runs().forEach(rest::add);
    gone.runs().forEach(handed::add);
    return new Cursor(revision, rest.text(), handed.text());
  }

  /** A step is committed: its frames stand for those of its span, the others have gone. */
  synchronized void stepped(Step step) {
    var gone = step.gone();
    for (var frame : step.frames()) {
      replaceInTail(frame.seq(), frame);
    }
    gone.runs()
        .forEach(
            (first, end) -> {
              acknowledged.add(first, end);
              sent.add(first, end);
              for (long seq = Math.max(first, tailFirst); seq <= end; seq++) {
                replaceInTail(seq, null);
              }
            });
    revision++;
  }

  private void replaceInTail(long seq, @Nullable StoredFrame frame) {
    if (seq < tailFirst) {
      return;
    }
    var old = tail[slot(seq)];
    tailBytes -= old == null ? 0 : old.rendered().payload().length;
    tailBytes += frame == null ? 0 : frame.rendered().payload().length;
    tail[slot(seq)] = frame;
  }

  /** The first hole in the acknowledgements at or after {@code from} and up to {@code to}. */
  synchronized Commit.@Nullable Span hole(long from, long to) {
    long first = acknowledged.missing(Math.max(1, from));
    long end = end(first, to);
    return first > end ? null : new Commit.Span(first, Math.min(end, acknowledged.holeEnd(first)));
  }

  /** Runs of acknowledged seqs, but for those of which nothing is left in the file. */
  synchronized List<Commit.Span> freeable() {
    var spans = new ArrayList<Commit.Span>();
    for (var run : acknowledged.runs().entrySet()) {
      long end = Math.min(run.getValue(), remembered);
      for (long from = gone.missing(run.getKey()); from <= end; ) {
        long to = Math.min(end, gone.holeEnd(from));
        spans.add(new Commit.Span(from, to));
        from = gone.missing(to + 1);
      }
    }
    return spans;
  }

  /** Acknowledged, and nothing of it is left in the file. */
  synchronized void gone(long first, long end) {
    gone.add(first, end);
  }

  /** What the file does not know yet; null when it knows all. */
  synchronized @Nullable Cursor unwritten() {
    return revision == written ? null : cursor();
  }

  synchronized Cursor cursor() {
    return new Cursor(revision, acknowledged.text(), sent.text());
  }

  synchronized void written(Cursor cursor) {
    written = Math.max(written, cursor.revision());
  }
}
