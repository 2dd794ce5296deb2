package org.kerbside.gateway.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire.Contents;
import org.kerbside.gateway.model.Wire.Line;

/**
 * What goes when the quota is reached, the oldest first: readings give way to their minutes, when
 * all have to their hours, and when all have they are dropped. Frames that may have been sent are
 * left as they are, and dropped only when nothing else is left. Looks a little at a time, so that a
 * commit never waits long. Where the link may carry no more, readings give way to their hours at
 * once. For the writer's thread alone.
 */
final class Ladder {

  private static final int MOST_BYTES = 64 * 1024; // about 5,000 readings, 20 ms of work
  private static final int LEAST_BYTES = 16 * 1024; // each step costs an event
  private static final int MOST_FRAMES = 512;
  private static final int HOUR_BYTES = 256 * 1024; // an hour of a large site in few pieces
  private static final int HOUR_FRAMES = 4096;
  private static final int GAP_BYTES = 300; // what telling of a step costs

  private final Cut cut;
  private final Track track;
  private final Set<String> counters;
  private final long chunk;

  // Seqs up to here were looked at; absent until the first look.
  private @Nullable Marks marks;

  /** What has given way to its hours has no minutes any more. */
  private record Marks(long minute, long hour) {

    private Marks {
      minute = Math.max(minute, hour);
    }

    long of(Instead to) {
      return to == Instead.MINUTE ? minute : hour;
    }

    Marks with(Instead to, long seq) {
      return to == Instead.MINUTE ? new Marks(seq, hour) : new Marks(minute, seq);
    }
  }

  /**
   * What frames are to give way to, and why.
   *
   * @param upTo the last of them
   * @param reason the gap's
   * @param most bytes, and frames, that one step takes
   * @param least bytes that the newest wait for: thinned one by one they would cost a gap each
   */
  private record Aim(Instead to, long upTo, String reason, long most, int frames, long least) {}

  Ladder(Cut cut, Track track, Quota quota) {
    this.cut = cut;
    this.track = track;
    counters = quota.counters();
    chunk = Math.clamp(quota.bytes() / 64, LEAST_BYTES, MOST_BYTES);
  }

  /** Something to give up, claimed until {@link Track#release}. */
  Way look(WriteSide side, Moment at) throws SQLException {
    for (var to : new Instead[] {Instead.MINUTE, Instead.HOUR}) {
      long ceiling = to == Instead.MINUTE ? track.unneeded() : marks(side).minute();
      var way = thin(side, new Aim(to, ceiling, "quota", chunk, MOST_FRAMES, chunk), at);
      if (!(way instanceof Way.End)) {
        return way;
      }
    }
    return drop(side, at);
  }

  /** Something up to a seq that gives way to its hours for the link's sake, claimed likewise. */
  Way spare(WriteSide side, long upTo, Moment at) throws SQLException {
    long ceiling = Math.min(upTo, track.unneeded());
    var way = thin(side, new Aim(Instead.HOUR, ceiling, "budget", HOUR_BYTES, HOUR_FRAMES, 0), at);
    if (way instanceof Way.End && ceiling > marks(side).hour()) {
      marks = marks(side).with(Instead.HOUR, ceiling); // What is left of them may have been sent.
    }
    return way;
  }

  /** All readings up to here have given way to their hours, or may have been sent before. */
  long spared(WriteSide side) throws SQLException {
    return marks(side).hour();
  }

  /** The step is committed. */
  void went(Step step) {
    var before = marks;
    if (before != null && step.instead() != Instead.NOTHING) {
      marks = before.with(step.instead(), step.span().last());
    }
  }

  private Marks marks(WriteSide side) throws SQLException {
    var known = marks;
    if (known == null) {
      known = new Marks(side.mark(Instead.MINUTE), side.mark(Instead.HOUR));
      marks = known;
    }
    return known;
  }

  private Way thin(WriteSide side, Aim aim, Moment at) throws SQLException {
    var looked = marks(side);
    var span = track.unsent(looked.of(aim.to) + 1, aim.upTo);
    if (span == null) {
      return new Way.End();
    }
    var piece = side.rows(span, aim.frames, aim.most);
    if (piece.isEmpty()) {
      marks = looked.with(aim.to, span.last());
      return new Way.On();
    }
    if (piece.getLast().seq() == aim.upTo
        && bytes(piece) < aim.least
        && piece.size() < aim.frames) {
      return new Way.End();
    }
    var step = thinned(piece, aim, at);
    if (step == null) {
      marks = looked.with(aim.to, piece.getLast().seq());
      return new Way.On();
    }
    return claimed(step, track.claimUnsent(step.span()));
  }

  private Way claimed(Step step, boolean isOurs) {
    return isOurs ? new Way.Down(step) : new Way.On();
  }

  /** The first frames of a span, as many as one step takes. */
  private List<StoredRow> piece(WriteSide side, Commit.Span span) throws SQLException {
    return side.rows(span, MOST_FRAMES, chunk);
  }

  private static long bytes(List<StoredRow> piece) {
    long bytes = 0;
    for (var row : piece) {
      bytes += row.bytes();
    }
    return bytes;
  }

  /** Null when it would save next to nothing. */
  private @Nullable Step thinned(List<StoredRow> piece, Aim aim, Moment at) {
    var frames = alike(piece);
    if (frames.isEmpty()) {
      return null;
    }
    var rows = piece.subList(0, frames.size());
    var packs = packs(Thinning.to(aim.to, counters).thin(frames));
    if (packs.size() > rows.size()) {
      return null;
    }
    var last = frames.getLast();
    var told = new ArrayList<StoredFrame>();
    long bytes = GAP_BYTES;
    for (int i = 0; i < packs.size(); i++) {
      long seq = rows.get((i + 1) * rows.size() / packs.size() - 1).seq();
      var place = new Place(cut.gateway(), cut.epoch(), Stream.READINGS, seq);
      var contents = new Contents(last.clock(), last.boot(), aim.to, packs.get(i));
      var rendered = cut.wire().retold(place, contents);
      told.add(new StoredFrame(Stream.READINGS, seq, rendered));
      bytes += rendered.payload().length + StoredRow.OVERHEAD;
    }
    return bytes > bytes(rows) * 9 / 10
        ? null
        : step(rows, told, gap(span(rows), frames, aim.to, aim.reason, at));
  }

  private static Step step(List<StoredRow> rows, List<StoredFrame> told, Event.Gap gap) {
    return new Step(span(rows), told, gap, rows.getLast().at());
  }

  private static Commit.Span span(List<StoredRow> rows) {
    return new Commit.Span(rows.getFirst().seq(), rows.getLast().seq());
  }

  /** What the city is told of the frames of a span, as far as they are readable. */
  private static Event.Gap gap(
      Commit.Span span, List<Contents> frames, Instead instead, String reason, Moment at) {
    @Nullable Instant first = null;
    @Nullable Instant last = null;
    for (var frame : frames) {
      for (var line : frame.boot() == null ? frame.lines() : List.<Line>of()) {
        first = first == null || line.at().isBefore(first) ? line.at() : first;
        last = last == null || line.at().isAfter(last) ? line.at() : last;
      }
    }
    return new Event.Gap(
        at,
        Stream.READINGS,
        span.first(),
        span.last(),
        reason,
        instead,
        first,
        last,
        Thinning.readings(frames));
  }

  /** The contents of the first frames, as far as they are readable and of one clock. */
  private List<Contents> alike(List<StoredRow> rows) {
    var frames = new ArrayList<Contents>();
    for (var row : rows) {
      var contents = contents(row);
      if (contents == null || (!frames.isEmpty() && !isAlike(frames.getFirst(), contents))) {
        break;
      }
      frames.add(contents);
    }
    return frames;
  }

  private @Nullable Contents contents(StoredRow row) {
    try {
      return cut.wire().contents(row.rendered());
    } catch (RuntimeException unreadable) {
      return null;
    }
  }

  private static boolean isAlike(Contents one, Contents other) {
    var boot = one.boot();
    var otherBoot = other.boot();
    return one.clock() == other.clock()
        && Objects.equals(
            boot == null ? null : boot.name(), otherBoot == null ? null : otherBoot.name());
  }

  /** Lines of whole intervals together, assets together within a frame. */
  private static List<List<Line>> packs(List<List<Line>> groups) {
    var packs = new ArrayList<List<Line>>();
    var pack = new ArrayList<Line>();
    for (var group : groups) {
      for (var line : group) {
        if (pack.size() == Frame.MOST_READINGS) {
          packs.add(pack);
          pack = new ArrayList<>();
        }
        pack.add(line);
      }
    }
    if (!pack.isEmpty()) {
      packs.add(pack);
    }
    packs.forEach(lines -> lines.sort(Comparator.comparing(Line::point)));
    return packs;
  }

  /** Better that a replay lacks something than that nothing is kept any more. */
  private Way drop(WriteSide side, Moment at) throws SQLException {
    var way = drop(side, track.unneeded(), at);
    return way instanceof Way.End ? drop(side, track.last(), at) : way;
  }

  private Way drop(WriteSide side, long upTo, Moment at) throws SQLException {
    var span = track.unsent(1, upTo);
    if (span != null) {
      var step = dropped(piece(side, span), span, at);
      return claimed(step, track.claimUnsent(step.span()));
    }
    var sent = track.hole(1, upTo);
    if (sent == null) {
      return new Way.End();
    }
    var step = dropped(piece(side, sent), sent, at);
    return claimed(step, track.claim(step.span()));
  }

  private Step dropped(List<StoredRow> piece, Commit.Span span, Moment at) {
    if (piece.isEmpty()) {
      var gap = gap(span, List.of(), Instead.NOTHING, "quota", at);
      return new Step(span, List.of(), gap, 0);
    }
    var frames = new ArrayList<Contents>();
    for (var row : piece) {
      var contents = contents(row);
      if (contents != null) {
        frames.add(contents);
      }
    }
    return step(piece, List.of(), gap(span(piece), frames, Instead.NOTHING, "quota", at));
  }
}
