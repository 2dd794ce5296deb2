package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Seen;

/**
 * What is known of each point. Every sample is taken; the dead band decides one thing only: whether
 * a reading enters a frame. Written by control's thread alone; {@link #seen} may be read by any.
 */
final class State {

  private static final Quality SILENT = new Quality.Bad(Reason.SILENT);

  private final Point[] points;
  private final AtomicReferenceArray<Seen> seen;
  private final @Nullable Reading[] entered; // the last that entered a frame
  private final @Nullable Duration[] enteredAt; // when, since boot
  private final @Nullable Instant[] told; // the latest time that a source told
  private final Expiry expiry = new Expiry(point -> staleAt(seen(point)));
  private final Silence silence;

  /**
   * @param silence of the devices that speak for the points
   */
  State(List<Asset> assets, Silence silence) {
    this.silence = silence;
    points =
        assets.stream()
            .flatMap(asset -> asset.points().stream())
            .sorted((a, b) -> Integer.compare(a.index(), b.index()))
            .toArray(Point[]::new);
    seen = new AtomicReferenceArray<>(points.length);
    entered = new @Nullable Reading[points.length];
    enteredAt = new @Nullable Duration[points.length];
    told = new @Nullable Instant[points.length];
    for (var point : points) {
      seen.set(point.index(), new Seen(point, null, null, null));
    }
  }

  /**
   * Takes every reading and returns those that enter a frame: out of the band, the heartbeat over,
   * the quality changed, or a rule's condition turned.
   *
   * @param turns whether a reading turns a rule's condition
   * @param rules hear what enters before the next reading is judged, and nothing that is late
   */
  List<Reading> apply(
      List<Reading> readings, Predicate<Reading> turns, Consumer<Reading> rules, Moment now) {
    var frame = new ArrayList<Reading>(readings.size());
    for (var reading : readings) {
      if (isLate(reading)) {
        frame.add(reading); // Out of order: to the journal, and not to state.
        continue;
      }
      if (reading.isUnheard()) {
        if (!isUnheard(seen(reading.point()))) {
          gone(reading, now);
          frame.add(reading);
          rules.accept(reading);
        }
        continue; // What follows from a stale point is stale as well, and that is told once.
      }
      take(reading, now);
      if (enters(reading, now) || turns.test(reading)) {
        enter(reading, now);
        frame.add(reading);
        rules.accept(reading);
      }
    }
    return frame;
  }

  /**
   * The points that have become stale, or silent with their device: each is told once, until it
   * speaks again. The source may then have another clock.
   */
  List<Reading> turnStale(Moment now) {
    var gone = new ArrayList<Reading>();
    silence.unanswered().forEach(device -> silenced(device, now, gone));
    for (var due = expiry.due(now); due != null; due = expiry.due(now)) {
      var device = silence.falls(due, seen(due).staleAfter(), now);
      if (device != null) {
        silenced(device, now, gone);
      } else if (!isTold(due)) {
        var reason = silence.isSilent(due) ? Reason.SILENT : Reason.STALE;
        gone.add(gone(Reading.bad(due, reason, now, Reading.Timing.RECEIPT), now));
      }
    }
    return gone;
  }

  /** Unheard it may be because what it follows from is, or since an earlier process. */
  private boolean isTold(Point point) {
    return isUnheard(seen(point)) && entered[point.index()] != null;
  }

  private void silenced(Silence.Voice device, Moment now, List<Reading> gone) {
    for (int i = device.points().nextSetBit(0); i >= 0; i = device.points().nextSetBit(i + 1)) {
      var last = seen(points[i]).last();
      if (last != null && !last.quality().equals(SILENT)) {
        gone.add(gone(Reading.bad(points[i], Reason.SILENT, now, Reading.Timing.RECEIPT), now));
      }
    }
  }

  private Reading gone(Reading reading, Moment now) {
    int index = reading.point().index();
    var known = seen(reading.point());
    enter(reading, now);
    told[index] = null;
    seen.set(index, new Seen(reading.point(), reading, known.heard(), known.changed()));
    return reading;
  }

  private static boolean isUnheard(Seen known) {
    return known.last() != null && known.last().isUnheard();
  }

  /** What entered a frame was not kept: the next reading of the point enters again. */
  void forget(Reading unkept) {
    int index = unkept.point().index();
    entered[index] = null;
    if (unkept.equals(seen(unkept.point()).last())) {
      expiry.watch(unkept.point()); // Stale, perhaps, and that is still to be told.
    }
  }

  /** When the next point may become stale, since boot; null when none can. */
  @Nullable Duration wake() {
    return expiry.wake();
  }

  /** What is known of each point that ever spoke. */
  Note note() {
    var note = new Note();
    for (var point : points) {
      var known = seen(point);
      var last = known.last();
      if (last != null) {
        var latest = told[point.index()];
        var device = silence.of(point);
        note.put(
            point.id().toString(),
            new Note()
                .put("last", last)
                .put("heard", known.heard(), last.at())
                .put("changed", known.changed(), last.at())
                .put("by", device == null ? null : device.name())
                .put("told", latest == null ? null : new Note.Fact.Text(latest.toString())));
      }
    }
    return note;
  }

  /** Knows what an earlier process knew. */
  void recall(Note note, Bridge bridge) {
    for (var point : points) {
      var known = note.note(point.id().toString());
      var last = known.reading("last", point, bridge);
      if (last != null) {
        var heard = known.moment("heard", last.at(), bridge);
        var changed = known.moment("changed", last.at(), bridge);
        seen.set(point.index(), new Seen(point, last, heard, changed));
        silence.learn(point, known.text("by"));
        var latest = known.text("told");
        told[point.index()] = latest == null ? null : Instant.parse(latest);
      }
    }
  }

  /** A reading that entered an earlier process's frame, after what it had kept. */
  void replay(Reading reading, Moment now) {
    var known = seen(reading.point());
    silence.replay(reading);
    var heard = reading.isUnheard() ? known.heard() : now;
    var changed = isSame(known, reading) ? known.changed() : reading.at();
    seen.set(reading.point().index(), new Seen(reading.point(), reading, heard, changed));
  }

  /**
   * Begins with what is known: nothing has entered a frame of this process yet, and who does not
   * speak again in his time is stale. For as long as nobody listened, everything has become older.
   *
   * @param down how long that was, as far as is known
   */
  void resume(Duration down, Moment now) {
    silence.resume(now);
    for (var point : points) {
      var known = seen(point);
      if (known.last() != null && known.heard() != null) {
        var heard =
            new Moment(
                known.heard().wall(), known.heard().clock(), known.heard().sinceBoot().minus(down));
        seen.set(point.index(), new Seen(point, known.last(), heard, known.changed()));
        entered[point.index()] = known.last().isUnheard() ? known.last() : null;
        expiry.watch(point, now.sinceBoot().plus(known.staleAfter()));
      }
    }
  }

  Seen seen(Point point) {
    return seen.get(point.index());
  }

  List<Seen> all() {
    var all = new ArrayList<Seen>(points.length);
    for (int i = 0; i < points.length; i++) {
      all.add(seen.get(i));
    }
    return all;
  }

  private void take(Reading reading, Moment now) {
    var known = seen(reading.point());
    var changed = isSame(known, reading) ? known.changed() : reading.at();
    var next = new Seen(reading.point(), reading, now, changed);
    seen.set(reading.point().index(), next);
    if (reading.timing() == Reading.Timing.SOURCE) {
      told[reading.point().index()] = reading.at().wall();
    }
    expiry.watch(reading.point());
  }

  private static boolean isSame(Seen known, Reading reading) {
    return known.last() != null
        && reading.value() != null
        && reading.value().equals(known.last().value());
  }

  private void enter(Reading reading, Moment now) {
    entered[reading.point().index()] = reading;
    enteredAt[reading.point().index()] = now.sinceBoot();
  }

  private static Duration staleAt(Seen known) {
    return known.heard() == null
        ? Duration.ZERO
        : known.heard().sinceBoot().plus(known.staleAfter());
  }

  /** By the source's own clock: ours may have been set meanwhile. */
  private boolean isLate(Reading reading) {
    var latest = told[reading.point().index()];
    return latest != null
        && reading.timing() == Reading.Timing.SOURCE
        && reading.at().wall().isBefore(latest);
  }

  private boolean enters(Reading reading, Moment now) {
    var last = entered[reading.point().index()];
    if (last == null
        || !last.quality().equals(reading.quality())
        || isBeatOver(last, reading, now)) {
      return true;
    }
    return last.value() != null
        && reading.value() != null
        && reading.point().spec().band().isLeft(last.value(), reading.value());
  }

  /** By our own time, whatever the clocks do; or by the source's, where it sends many at once. */
  private boolean isBeatOver(Reading last, Reading reading, Moment now) {
    var beat = reading.point().spec().beat();
    var at = enteredAt[reading.point().index()];
    return at == null
        || now.sinceBoot().minus(at).compareTo(beat) >= 0
        || reading.at().since(last.at()).compareTo(beat) >= 0;
  }
}
