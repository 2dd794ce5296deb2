package org.kerbside.gateway.journal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/** The track of each stream, and when their acknowledgements are written. */
final class Tracks {

  // Acknowledgements cost a commit a page: at most one a second; a crash sends that second again.
  private static final long PACE = 1_000_000_000;

  private final Track readings;
  private final Track events;

  private final Clock clock;

  /** The writer's. */
  private long writtenAt;

  Tracks(Track readings, Track events, Clock clock) {
    this.readings = readings;
    this.events = events;
    this.clock = clock;
    writtenAt = clock.nanos() - PACE;
  }

  /** As they were found. After a crash while sending, all that is there may have been sent. */
  static Tracks found(Opening opening, Sending sending, Clock clock) {
    var heads = opening.heads();
    var sent = opening.sent();
    opening.readings().runs().forEach(sent::add);
    if (sending.wasSending() && heads.readings() > 0) {
      sent.add(1, heads.readings());
    }
    return new Tracks(
        new Track(heads.readings(), opening.readings(), sent).remembered(opening.remembered()),
        new Track(heads.events(), opening.events(), new Ranges()),
        clock);
  }

  Track of(Stream stream) {
    return switch (stream) {
      case READINGS -> readings;
      case EVENTS -> events;
    };
  }

  /** Frames are committed; how many bytes they have. */
  long committed(List<StoredFrame> frames) {
    long bytes = 0;
    for (var frame : frames) {
      of(frame.stream()).committed(frame);
      bytes += frame.rendered().payload().length;
    }
    return bytes;
  }

  /** What a commit should write along: nothing when the last time was just now. */
  Map<Stream, Track.Cursor> due() {
    return clock.nanos() - writtenAt < PACE ? Map.of() : unwritten();
  }

  Map<Stream, Track.Cursor> unwritten() {
    var cursors = new EnumMap<Stream, Track.Cursor>(Stream.class);
    for (var stream : Stream.values()) {
      var cursor = of(stream).unwritten();
      if (cursor != null) {
        cursors.put(stream, cursor);
      }
    }
    return cursors;
  }

  Map<Stream, Track.Cursor> all() {
    var cursors = new EnumMap<Stream, Track.Cursor>(Stream.class);
    for (var stream : Stream.values()) {
      cursors.put(stream, of(stream).cursor());
    }
    return cursors;
  }

  /** After the commit that held them. */
  void written(Map<Stream, Track.Cursor> cursors) {
    if (!cursors.isEmpty()) {
      cursors.forEach((stream, cursor) -> of(stream).written(cursor));
      writtenAt = clock.nanos();
    }
  }
}
