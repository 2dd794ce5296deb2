package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;

/**
 * What one point did over the last stretch of monotonic time: sixty closed cells and the open one,
 * so it covers its length and at most a sixtieth more, in as many bytes however often the point
 * speaks. A value holds until the next or until it is unknown; what was unknown counts for nothing,
 * and where more than half was, so is every measure. NaN is: not known. Changed in place; belongs
 * to its {@link Memory}.
 */
final class Sliding implements Window {

  static final int CELLS = 60;

  /** On a 64-bit machine with compressed pointers: the cells, their array, the window. */
  static final int BYTES = (CELLS + 2) * 64 + 16 + 4 * CELLS + 88;

  private final long step; // ns
  private final Cell[] cells = new Cell[CELLS]; // closed, the oldest at `oldest`
  private final Cell closed = new Cell(); // all of them together
  private int firstUntil = CELLS; // the last cell that begins as the window does
  private int turnAt = CELLS; // the first in which there is a turn
  private int lowAt; // the last that is as low as all
  private int highAt;
  private Cell open = new Cell();
  private int oldest;
  private long opened; // ns since boot
  private long since; // up to when the open cell has its time
  private double held = Double.NaN;
  private double last = Double.NaN; // the last that was known

  Sliding(Duration length) {
    step = Math.max(1, length.toNanos() / CELLS);
    for (int i = 0; i < CELLS; i++) {
      cells[i] = new Cell();
    }
  }

  /**
   * A window as plain data.
   *
   * @param opened when the open cell began, since the boot of the process that wrote it
   * @param since up to when the open cell has its time, likewise
   * @param last NaN where the value was never known
   * @param cells the oldest first, the open one last
   */
  record Remembered(
      Duration opened, Duration since, double held, double last, List<Cell.Kept> cells) {
    Remembered {
      cells = List.copyOf(cells);
    }
  }

  Remembered remember() {
    var kept = new ArrayList<Cell.Kept>();
    for (int i = 0; i <= CELLS; i++) {
      kept.add(cell(i).kept());
    }
    return new Remembered(Duration.ofNanos(opened), Duration.ofNanos(since), held, last, kept);
  }

  /**
   * Goes on where another window of this length ended; one of another length is not the same.
   *
   * @param shift what a time since the earlier boot is more on this process's scale
   */
  void recall(Remembered memory, Duration shift) {
    opened = memory.opened().plus(shift).toNanos();
    since = memory.since().plus(shift).toNanos();
    held = memory.held();
    last = memory.last();
    oldest = 0;
    for (int i = 0; i <= CELLS; i++) {
      cell(i).recall(memory.cells().get(i));
    }
    gather();
  }

  @Override
  public Note note() {
    return WindowNote.of(this);
  }

  @Override
  public void recall(Note note, Bridge bridge) {
    WindowNote.read(note, this, bridge);
  }

  @Override
  public void age(long nanos) {
    opened -= nanos;
    since -= nanos;
  }

  @Override
  public void take(long now, double value) {
    roll(now);
    open.hold(held, now - since);
    if (now == opened) {
      open.unsee(); // What ended with the last cell is not of this one.
    }
    since = now;
    held = value;
    if (Double.isNaN(value)) {
      return;
    }
    if (!Double.isNaN(last) && value != last) {
      open.turns++;
      open.gained += Math.max(0, value - last);
    }
    last = value;
    open.see(value);
  }

  @Override
  public double value(Measure measure, long now, double current) {
    roll(now);
    return Double.isNaN(current) || lacking(now) > 0 ? Double.NaN : known(measure, now, current);
  }

  private double known(Measure measure, long now, double current) {
    return switch (measure) {
      case MEAN -> mean(now);
      case MIN -> low(current);
      case MAX -> high(current);
      case CHANGE -> current - first(current);
      case RATE -> perSecond(current - first(current), now);
      case FLOW -> perSecond(gained(current), now);
      case TRANSITIONS -> closed.turns + open.turns + (isTurn(current) ? 1 : 0);
      case VOLUME -> gained(current);
    };
  }

  /** Rounding never takes it out of what was seen: a constant's mean is that constant. */
  private double mean(long now) {
    long live = Double.isNaN(held) ? 0 : now - since;
    double area = closed.area + open.area + (live == 0 ? 0 : held * live);
    double mean = area / (closed.known + open.known + live);
    return Math.clamp(
        mean, Cell.least(closed.low, open.low), Cell.greatest(closed.high, open.high));
  }

  private double low(double current) {
    return Cell.least(Cell.least(closed.low, open.low), current);
  }

  private double high(double current) {
    return Cell.greatest(Cell.greatest(closed.high, open.high), current);
  }

  private double first(double current) {
    double first = Double.isNaN(closed.first) ? open.first : closed.first;
    return Double.isNaN(first) ? current : first;
  }

  private double gained(double current) {
    return closed.gained + open.gained + (isTurn(current) ? Math.max(0, current - last) : 0);
  }

  private double perSecond(double change, long now) {
    return change * 1e9 / Math.max(1, span(now));
  }

  private boolean isTurn(double current) {
    return !Double.isNaN(last) && current != last;
  }

  /** Since the value was first known in this window. */
  private long span(long now) {
    int i = 0;
    while (i < CELLS && Double.isNaN(cell(i).first)) {
      i++;
    }
    return now - opened + step * (CELLS - i);
  }

  /** How much less than half of the window is known, doubled; negative when more is. */
  private long lacking(long now) {
    long live = Double.isNaN(held) ? 0 : now - since;
    long covered = step * CELLS + now - opened;
    return covered - 2 * (closed.known + open.known + live);
  }

  @Override
  public long next(Measure measure, long now, long midnight) {
    roll(now);
    if (Double.isNaN(held)) {
      return NEVER;
    }
    if (lacking(now) + 2 * step > 0) {
      return opened + step;
    }
    return switch (measure) {
      case MEAN, RATE -> low(held) == high(held) ? NEVER : opened + step;
      case FLOW -> turnLeaves() == NEVER ? NEVER : opened + step;
      case MIN -> low(held) == held ? NEVER : leaves(low(held) == open.low ? CELLS : lowAt);
      case MAX -> high(held) == held ? NEVER : leaves(high(held) == open.high ? CELLS : highAt);
      case CHANGE -> firstLeaves();
      case TRANSITIONS, VOLUME -> turnLeaves();
    };
  }

  private long firstLeaves() {
    double first = first(held);
    if (firstUntil < CELLS) {
      return leaves(firstUntil);
    }
    boolean isOpenOther = !Double.isNaN(open.first) && open.first != first;
    return isOpenOther ? leaves(CELLS - 1) : first == held ? NEVER : leaves(CELLS);
  }

  private long turnLeaves() {
    return turnAt < CELLS ? leaves(turnAt) : open.turns > 0 ? leaves(CELLS) : NEVER;
  }

  /** When the i-th cell, the oldest first, is no longer in the window. */
  private long leaves(int i) {
    return opened + step * (i + 1);
  }

  private Cell cell(int i) {
    int at = oldest + i;
    return i == CELLS ? open : cells[at < CELLS ? at : at - CELLS];
  }

  private void roll(long now) {
    long due = (now - opened) / step;
    if (due <= 0) {
      return;
    }
    if (due > CELLS) {
      forward(due - CELLS);
    }
    while (now - opened >= step) {
      close();
    }
    gather();
  }

  private void gather() {
    closed.clear();
    firstUntil = CELLS;
    turnAt = CELLS;
    int same = 0;
    for (int i = 0; i < CELLS; i++) {
      var cell = cell(i);
      boolean isKnown = !Double.isNaN(cell.first);
      boolean isOther = isKnown && !Double.isNaN(closed.first) && cell.first != closed.first;
      firstUntil = isOther ? Math.min(firstUntil, same) : firstUntil;
      turnAt = cell.turns > 0 ? Math.min(turnAt, i) : turnAt;
      closed.add(cell);
      lowAt = cell.low == closed.low ? i : lowAt;
      highAt = cell.high == closed.high ? i : highAt;
      same = isKnown ? i : same;
    }
  }

  /** What is open would have left before anybody looks. */
  private void forward(long steps) {
    opened += steps * step;
    since = opened;
    begin();
  }

  private void close() {
    long end = opened + step;
    open.hold(held, end - since);
    var left = cells[oldest];
    cells[oldest] = open;
    oldest = (oldest + 1) % CELLS;
    open = left;
    opened = end;
    since = end;
    begin();
  }

  private void begin() {
    open.clear();
    if (!Double.isNaN(held)) {
      open.see(held);
    }
  }
}
