package org.kerbside.rules;

import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;

/**
 * What one point did since local midnight, and on the day before: two cells, however long a day is
 * and however often the point speaks.
 *
 * <p>A counter's volume is known where its stand was known before the day began: what went by
 * before anybody looked is nobody's knowledge. What it gained while nobody looked counts where it
 * is seen. A day that ended unknown is unknown.
 */
final class Tally implements Window {

  /** On a 64-bit machine with compressed pointers: both days, their cells, the tally. */
  static final int BYTES = 2 * (72 + 40) + 64;

  private Day open = new Day();
  private Day before = new Day();
  private long since; // up to when the open day has its time, ns since boot
  private double held = Double.NaN;
  private double last = Double.NaN; // the last that was known

  /** From one midnight to the next. */
  private static final class Day {
    private final Cell cell = new Cell();
    private long begun = NEVER; // ns since boot
    private long length; // 0 while it is open
    private double end = Double.NaN; // what was so at its end
    private boolean isBased; // the point was known before it

    private Note note() {
      return new Note()
          .put("begun", begun)
          .put("length", length)
          .put("end", end)
          .put("based", isBased ? 1 : 0)
          .put("cell", WindowNote.of(cell.kept()));
    }

    private void recall(Note note, long shift) {
      begun = note.whole("begun") == NEVER ? NEVER : note.whole("begun") + shift;
      length = note.whole("length");
      end = WindowNote.orNan(note.real("end"));
      isBased = note.whole("based") == 1;
      cell.recall(WindowNote.cell(note.note("cell")));
    }

    private void clear() {
      cell.clear();
      begun = NEVER;
      length = 0;
      end = Double.NaN;
      isBased = false;
    }
  }

  /** The day before, as a window of its own; it is fed by its tally. */
  final class Before implements View {
    @Override
    public double value(Measure measure, long now, double current) {
      boolean isKnown = before.length > 0 && 2 * before.cell.known >= before.length;
      return isKnown ? told(measure, before, before.end) : Double.NaN;
    }

    @Override
    public long next(Measure measure, long now, long midnight) {
      return midnight;
    }
  }

  /**
   * A day ends and the next begins. What was before the first is of no day.
   *
   * @param at midnight, since boot; it may be noticed late
   * @param now since boot
   */
  void begin(long at, long now) {
    boolean isFirst = open.begun == NEVER;
    long from = isFirst ? now : Math.max(at, since);
    open.cell.hold(held, from - since);
    if (!isFirst) {
      open.length = from - open.begun;
      open.end = held;
      var left = before;
      before = open;
      open = left;
    }
    open.clear();
    open.begun = isFirst ? at : from;
    open.isBased = !isFirst && !Double.isNaN(last);
    since = from;
    if (!Double.isNaN(held)) {
      open.cell.see(held);
    }
  }

  @Override
  public void take(long now, double value) {
    open.cell.hold(held, now - since);
    since = now;
    held = value;
    if (Double.isNaN(value)) {
      return;
    }
    if (isTurn(value)) {
      open.cell.turns++;
      open.cell.gained += Math.max(0, value - last);
    }
    last = value;
    open.cell.see(value);
  }

  @Override
  public double value(Measure measure, long now, double current) {
    boolean isKnown = open.begun != NEVER && lacking(now) <= 0;
    return isKnown ? told(measure, open, current) : Double.NaN;
  }

  private double told(Measure measure, Day day, double end) {
    boolean isBlind = measure == Measure.VOLUME && !day.isBased;
    return isBlind || Double.isNaN(end) ? Double.NaN : sum(measure, day.cell, end);
  }

  private double sum(Measure measure, Cell cell, double end) {
    boolean isNews = cell == open.cell && isTurn(end);
    return switch (measure) {
      case MIN -> Cell.least(cell.low, end);
      case MAX -> Cell.greatest(cell.high, end);
      case CHANGE -> Double.isNaN(cell.first) ? 0 : end - cell.first;
      case TRANSITIONS -> cell.turns + (isNews ? 1 : 0);
      case VOLUME -> cell.gained + (isNews ? Math.max(0, end - last) : 0);
      case MEAN, RATE, FLOW -> throw new IllegalStateException(measure + " of a day");
    };
  }

  private boolean isTurn(double value) {
    return !Double.isNaN(last) && value != last;
  }

  /** How much less than half of it is known, doubled; negative when more is. */
  private long lacking(long now) {
    long live = Double.isNaN(held) ? 0 : now - since;
    return now - open.begun - 2 * (open.cell.known + live);
  }

  @Override
  public long next(Measure measure, long now, long midnight) {
    if (open.begun == NEVER || Double.isNaN(held)) {
      return midnight;
    }
    long lacking = lacking(now);
    return lacking > 0 ? Math.min(midnight, now + lacking) : midnight;
  }

  @Override
  public Note note() {
    return new Note()
        .put("since", since)
        .put("held", held)
        .put("last", last)
        .put("open", open.note())
        .put("before", before.note());
  }

  @Override
  public void recall(Note note, Bridge bridge) {
    if (!note.isEmpty()) {
      long shift = bridge.shift().toNanos();
      since = note.whole("since") + shift;
      held = WindowNote.orNan(note.real("held"));
      last = WindowNote.orNan(note.real("last"));
      open.recall(note.note("open"), shift);
      before.recall(note.note("before"), shift);
    }
  }

  @Override
  public void age(long nanos) {
    since -= nanos;
    open.begun = open.begun == NEVER ? NEVER : open.begun - nanos;
  }
}
