package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;

/**
 * The least of a point in the same hours of each day, for a week: what flows between two and four
 * when nobody takes water. Hours of which less than half is known are none.
 */
final class Daily implements Window {

  /** On a 64-bit machine with compressed pointers. */
  static final int BYTES = 8 * (Length.Hours.MOST + 1) + 16 + 72 + 2 * 64 + 64;

  private final CivilDay begins;
  private final CivilDay ends;
  private final double[] least = new double[Length.Hours.MOST + 1]; // the last day's first
  private final Cell open = new Cell();
  private boolean isOpen;
  private long begun; // ns since boot
  private long since; // up to when it has its time, likewise
  private long due = NEVER; // when its hours are over, likewise
  private double held = Double.NaN;

  Daily(Length.Hours hours, ZoneId zone) {
    begins = new CivilDay(hours.from(), zone);
    ends = new CivilDay(hours.to(), zone);
    Arrays.fill(least, Double.NaN);
  }

  /** An earlier day's, as a window of its own; it is fed by the last day's. */
  final class Earlier implements View {
    private final int days;

    Earlier(int days) {
      this.days = days;
    }

    @Override
    public double value(Measure measure, long now, double current) {
      return least[days];
    }

    @Override
    public long next(Measure measure, long now, long midnight) {
      return Daily.this.next(measure, now, midnight);
    }
  }

  void clockSet() {
    begins.clockSet();
    ends.clockSet();
  }

  /** Whether the time alone has changed nothing. */
  boolean isSameAt(Instant wall) {
    return begins.isOpenAt(wall) && ends.isOpenAt(wall);
  }

  /** Its hours may have begun or be over; what was first comes first. */
  void turn(Instant wall, long now) {
    boolean isFirst = begins.open() == null;
    boolean isWithin = ends.began(wall).isBefore(begins.began(wall));
    if (isWithin) {
      end(wall, now);
    }
    if (begins.turn(wall, now) != null || (isFirst && isWithin)) {
      begin(now - Duration.between(begins.began(wall), wall).toNanos(), isFirst ? now : since);
    }
    if (!isWithin) {
      end(wall, now);
    }
    var closing = ends.closing();
    due = closing == null ? NEVER : now + Duration.between(wall, closing).toNanos();
  }

  private void begin(long at, long earliest) {
    if (isOpen) {
      keep(Double.NaN); // Nobody saw it end.
    }
    open.clear();
    isOpen = true;
    begun = at;
    since = Math.max(at, earliest);
    if (!Double.isNaN(held)) {
      open.see(held);
    }
  }

  private void end(Instant wall, long now) {
    if (ends.turn(wall, now) != null && isOpen) {
      long end = Math.max(since, now - Duration.between(ends.began(wall), wall).toNanos());
      open.hold(held, end - since);
      keep(2 * open.known >= end - begun ? open.low : Double.NaN);
      isOpen = false;
    }
  }

  private void keep(double latest) {
    System.arraycopy(least, 0, least, 1, least.length - 1);
    least[0] = latest;
  }

  @Override
  public void take(long now, double value) {
    if (isOpen) {
      open.hold(held, now - since);
      if (!Double.isNaN(value)) {
        open.see(value);
      }
    }
    since = now;
    held = value;
  }

  @Override
  public double value(Measure measure, long now, double current) {
    return least[0];
  }

  @Override
  public long next(Measure measure, long now, long midnight) {
    return due > now ? due : NEVER;
  }

  @Override
  public void age(long nanos) {
    begun -= nanos;
    since -= nanos;
  }

  @Override
  public Note note() {
    var note = new Note().put("open", isOpen ? 1 : 0).put("held", held);
    note.put("begun", begun).put("since", since).put("cell", WindowNote.of(open.kept()));
    note.put("begins", begins.noted()).put("ends", ends.noted());
    for (int i = 0; i < least.length; i++) {
      note.put("least" + i, least[i]);
    }
    return note;
  }

  @Override
  public void recall(Note note, Bridge bridge) {
    if (note.isEmpty()) {
      return;
    }
    long shift = bridge.shift().toNanos();
    isOpen = note.whole("open") == 1;
    held = WindowNote.orNan(note.real("held"));
    begun = note.whole("begun") + shift;
    since = note.whole("since") + shift;
    open.recall(WindowNote.cell(note.note("cell")));
    begins.recall(note.text("begins"));
    ends.recall(note.text("ends"));
    for (int i = 0; i < least.length; i++) {
      least[i] = WindowNote.orNan(note.real("least" + i));
    }
  }
}
