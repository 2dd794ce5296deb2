package org.kerbside.gateway.journal;

import java.sql.SQLException;
import java.util.List;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/**
 * A step down the ladder: the frames of a span give way to fewer.
 *
 * @param frames what stands for them, under seqs of the span
 * @param gap what the city is told
 * @param at when the last of them was written, by the journal's own time
 */
record Step(Commit.Span span, List<StoredFrame> frames, Event.Gap gap, long at) {

  Instead instead() {
    return gap.instead();
  }

  /** The seqs of the span that no frame has any more. */
  Ranges gone() {
    var gone = new Ranges();
    long next = span.first();
    for (var frame : frames) {
      if (frame.seq() > next) {
        gone.add(next, frame.seq() - 1);
      }
      next = frame.seq() + 1;
    }
    if (next <= span.last()) {
      gone.add(next, span.last());
    }
    return gone;
  }

  /** Within the transaction that keeps the gap. */
  void write(WriteSide side, Track track) throws SQLException {
    side.delete("readings WHERE seq BETWEEN %d AND %d".formatted(span.first(), span.last()));
    side.frames(frames, at);
    side.cursor(Stream.READINGS, track.cursorWithout(gone()));
    side.meta("last-readings", Long.toString(track.last()));
    if (instead() != Instead.NOTHING) {
      side.mark(instead(), span.last());
    }
  }
}
