package org.kerbside.gateway.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands frames out to be sent: from memory, or from the disk where memory has forgotten them. */
record Draining(Tracks tracks, ReadSide readSide, Sending sending) {

  private static final Logger LOG = LoggerFactory.getLogger(Draining.class);
  private static final long READ_BYTES = 1024 * 1024; // about the most in one answer

  /** As {@link Journal#unacknowledged}. */
  List<StoredFrame> unacknowledged(Stream stream, long from, long to, int most) {
    var track = tracks.of(stream);
    var frames = track.fromTail(from, to, most);
    while (frames == null) {
      long claims = track.claims();
      var read = fromDisk(stream, from, to, most);
      frames = track.handOut(read, claims) ? read : track.fromTail(from, to, most);
    }
    if (!frames.isEmpty()) {
      sending.begins();
    }
    return frames;
  }

  /** As {@link Journal#kept}; null when the disk does not answer. */
  @Nullable List<StoredFrame> kept(Stream stream, long from, long to, int most) {
    if (from > to) {
      return List.of();
    }
    try {
      return readSide.frames(stream, new Commit.Span(from, to), most, READ_BYTES);
    } catch (SQLException refused) {
      LOG.warn("frames of {} from {}: {}", stream, from, Database.reason(refused));
      return null;
    }
  }

  private List<StoredFrame> fromDisk(Stream stream, long from, long to, int most) {
    var frames = new ArrayList<StoredFrame>();
    long bytes = READ_BYTES;
    try {
      for (var hole = tracks.of(stream).hole(from, to);
          hole != null && frames.size() < most && bytes > 0;
          hole = hole.last() >= to ? null : tracks.of(stream).hole(hole.last() + 1, to)) {
        for (var frame : readSide.frames(stream, hole, most - frames.size(), bytes)) {
          frames.add(frame);
          bytes -= frame.rendered().payload().length;
        }
      }
    } catch (SQLException refused) {
      LOG.warn("frames of {} from {}: {}", stream, from, Database.reason(refused));
    }
    return frames;
  }
}
