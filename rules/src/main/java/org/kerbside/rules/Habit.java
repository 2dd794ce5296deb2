package org.kerbside.rules;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;

/**
 * What a point usually is while each of some valves is open: learned of the times at which one was
 * open alone, and of several the sum. A few numbers a valve, however long it learns. What is
 * learned moves by a sixteenth at most each time, so that one burst pipe does not become the habit
 * and a new nozzle does within weeks.
 */
final class Habit implements Window {

  /** On a 64-bit machine with compressed pointers, without its valves. */
  static final int BYTES = 112;

  /** Of each valve. */
  static final int VALVE_BYTES = 40;

  private static final long SETTLE =
      Duration.ofMinutes(2).toNanos(); // pipes fill, pressure answers
  private static final long LEAST = Duration.ofMinutes(3).toNanos(); // of a time that teaches
  private static final int ENOUGH = 3; // times before anybody relies on it
  private static final double SHARE = 0.25;
  private static final double OPEN = 0.01; // of a valve

  private final List<Point> valves;
  private final double[] stands; // NaN: nobody knows
  private final double[] usual;
  private final int[] times;

  // While one is open alone.
  private int alone = -1;
  private long settled; // ns since boot
  private final Cell run = new Cell();

  private long since; // ns since boot
  private double held = Double.NaN;

  Habit(List<Point> valves) {
    this.valves = valves;
    stands = new double[valves.size()];
    usual = new double[valves.size()];
    times = new int[valves.size()];
    Arrays.fill(stands, Double.NaN);
  }

  /** One of its valves, as a window that hears of it. */
  final class Valve implements View {
    private final int index;

    Valve(int index) {
      this.index = index;
    }

    @Override
    public void take(long now, double value) {
      stands[index] = value;
      turn(now);
    }

    @Override
    public double value(Measure measure, long now, double current) {
      return stands[index];
    }

    @Override
    public long next(Measure measure, long now, long midnight) {
      return NEVER;
    }
  }

  private void turn(long now) {
    int next = openAlone();
    if (next == alone) {
      return;
    }
    hold(now);
    if (alone >= 0 && run.known >= LEAST && run.area > 0) {
      learn(alone, run.area / run.known);
    }
    alone = next;
    run.clear();
    settled = now + SETTLE;
  }

  /** The only valve that is open; -1 where none is, several are or one is not known. */
  private int openAlone() {
    int open = -1;
    for (int i = 0; i < stands.length; i++) {
      if (Double.isNaN(stands[i]) || (stands[i] >= OPEN && open >= 0)) {
        return -1;
      }
      open = stands[i] >= OPEN ? i : open;
    }
    return open;
  }

  private void learn(int valve, double mean) {
    double before = usual[valve];
    double heeded = Math.clamp(mean, before * (1 - SHARE), before * (1 + SHARE));
    usual[valve] = times[valve] == 0 ? mean : before + (heeded - before) * SHARE;
    times[valve] = Math.min(ENOUGH, times[valve] + 1);
  }

  private void hold(long now) {
    long from = Math.max(since, settled);
    if (alone >= 0 && now > from) {
      run.hold(held, now - from);
    }
    since = now;
  }

  @Override
  public void take(long now, double value) {
    hold(now);
    held = value;
  }

  /** Unknown where none is open, and before every one that is has been watched often enough. */
  @Override
  public double value(Measure measure, long now, double current) {
    double sum = 0;
    boolean isOpen = false;
    for (int i = 0; i < stands.length; i++) {
      if (Double.isNaN(stands[i]) || (stands[i] >= OPEN && times[i] < ENOUGH)) {
        return Double.NaN;
      }
      isOpen |= stands[i] >= OPEN;
      sum += stands[i] >= OPEN ? usual[i] : 0;
    }
    return isOpen ? sum : Double.NaN;
  }

  @Override
  public long next(Measure measure, long now, long midnight) {
    return NEVER;
  }

  @Override
  public void age(long nanos) {}

  /** What was learned; a time that a restart cuts off teaches nothing. */
  @Override
  public Note note() {
    var note = new Note();
    for (int i = 0; i < times.length; i++) {
      if (times[i] > 0) {
        var learned = new Note().put("usual", usual[i]).put("times", times[i]);
        note.put(valves.get(i).id().toString(), learned);
      }
    }
    return note;
  }

  @Override
  public void recall(Note note, Bridge bridge) {
    for (int i = 0; i < times.length; i++) {
      var learned = note.note(valves.get(i).id().toString());
      usual[i] = WindowNote.orZero(learned.real("usual"));
      times[i] = (int) learned.whole("times");
    }
  }
}
