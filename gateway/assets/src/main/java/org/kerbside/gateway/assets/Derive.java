package org.kerbside.gateway.assets;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * Makes asset points from what devices said. Two kinds of steps: a filter stands before a point and
 * passes on what its device meant (a dial becomes a total), the others make points from points (a
 * distance becomes a fill). Pure: everything that it remembers is in the {@link Memory} that is
 * handed in. What a device says itself is never derived over it.
 */
public final class Derive {

  /**
   * What a counter tells of a device that took another's place. Where the new dial began is known
   * by its memory alone: it is to be kept at once.
   */
  public static final String COUNTER_SWAP = "counter-swap";

  private final List<Step<?>> steps;
  private final int[] filters; // by the index of the point, the step before it, or -1
  private final int[][] followers; // by the index of the point, the steps behind it
  private final int points;

  /** Where no device ever took another's place. */
  public Derive(List<Asset> assets) {
    this(assets, Map.of());
  }

  /**
   * @param bound points whose device took another's place, and when: what stands on the dial of a
   *     new one is not the asset's
   */
  public Derive(List<Asset> assets, Map<PointId, Instant> bound) {
    points = assets.stream().mapToInt(asset -> asset.points().size()).sum();
    var plan = new Steps(assets, points, bound);
    steps = plan.steps();
    filters = plan.filters();
    followers = plan.followers();
  }

  /**
   * The latest reading of each point, by its index, and the memo of each step. Belongs to control's
   * thread.
   */
  public static final class Memory {

    private record Deadline(Duration at, int cell) {}

    private final @Nullable Reading[] latest;
    private final BitSet own = new BitSet(); // points that a device tells itself
    private final List<Cell<?>> cells;
    private Set<String> works = Set.of(); // assets that people work on
    private final PriorityQueue<Deadline> deadlines =
        new PriorityQueue<>(
            (a, b) ->
                a.at().equals(b.at())
                    ? Integer.compare(a.cell(), b.cell())
                    : a.at().compareTo(b.at()));

    private Memory(int points, List<? extends Cell<?>> cells) {
      latest = new @Nullable Reading[points];
      this.cells = List.copyOf(cells);
    }

    @Nullable Reading latest(int index) {
      return latest[index];
    }

    private @Nullable Double number(Point point) {
      var last = latest[point.index()];
      return last != null && last.value() instanceof Value.Num(var number) ? number : null;
    }

    boolean isOwn(int index) {
      return own.get(index);
    }

    boolean isWorkedOn(String asset) {
      return !works.isEmpty() && works.contains(asset);
    }

    private void follow(int cell, @Nullable Reading input, Turn turn) {
      var before = cells.get(cell).due();
      cells.get(cell).follow(input, turn);
      var due = cells.get(cell).due();
      if (due != null && !due.equals(before)) {
        deadlines.add(new Deadline(due, cell));
      }
    }

    /** The cell whose time has come, or -1; what was planned otherwise meanwhile falls away. */
    private int due(Moment now) {
      for (var next = deadlines.peek(); next != null; next = deadlines.peek()) {
        if (!next.at().equals(cells.get(next.cell()).due())) {
          deadlines.remove();
        } else if (next.at().compareTo(now.sinceBoot()) <= 0) {
          deadlines.remove();
          return next.cell();
        } else {
          return -1;
        }
      }
      return -1;
    }

    /**
     * An older one is no news: it goes to the journal and not to memory. That a point is stale is
     * our word: whatever the device says after it, were it said late, is newer than what it said.
     */
    boolean isNews(Reading reading) {
      var last = latest[reading.point().index()];
      return last == null || last.isUnheard() || !isBefore(reading, last);
    }

    /** What follows from several inputs is as young as the youngest: their clocks may differ. */
    Reading youngest(Reading follows) {
      var last = latest[follows.point().index()];
      return last == null || !isBefore(follows, last)
          ? follows
          : new Reading(
              follows.point(), follows.value(), follows.quality(), last.at(), last.timing());
    }

    /** Sources are compared by their own clocks: ours may have been set meanwhile. */
    private static boolean isBefore(Reading reading, Reading last) {
      if (reading.timing() == Reading.Timing.RECEIPT) {
        return false;
      }
      return last.timing() == Reading.Timing.SOURCE
          ? reading.at().wall().isBefore(last.at().wall())
          : reading.at().isBefore(last.at());
    }
  }

  public Memory start() {
    return new Memory(points, steps.stream().map(Cell::of).toList());
  }

  /**
   * The memory that a snapshot kept; things that are no longer there are passed over.
   *
   * @param latest the last known readings; what follows from them is not told again
   */
  public Memory recall(Note note, Collection<? extends @Nullable Reading> latest, Bridge bridge) {
    var memory = start();
    for (var reading : latest) {
      if (reading != null) {
        memory.latest[reading.point().index()] = reading;
      }
    }
    for (int i = 0; i < memory.cells.size(); i++) {
      var cell = memory.cells.get(i);
      cell.recall(note.note(cell.thing()), bridge, memory::number);
      if (cell.due() != null) {
        memory.deadlines.add(new Memory.Deadline(cell.due(), i));
      }
    }
    return memory;
  }

  /**
   * The memory for these steps, of others that went before them in the same process: something was
   * learned of an asset. The points are the same.
   */
  public Memory after(Derive others, Memory theirs, Moment now) {
    var memory = recall(others.note(theirs), Arrays.asList(theirs.latest), Bridge.none(now));
    memory.own.or(theirs.own);
    memory.works = theirs.works;
    return memory;
  }

  /** What a restart must not forget, each thing by the name of the point that is made. */
  public Note note(Memory memory) {
    var note = new Note();
    for (var cell : memory.cells) {
      var own = cell.noted();
      if (!own.isEmpty()) {
        note.put(cell.thing(), own);
      }
    }
    return note;
  }

  /** When time alone changes something next, since boot; null when nothing waits. */
  public @Nullable Duration wake(Memory memory) {
    for (var next = memory.deadlines.peek(); next != null; next = memory.deadlines.peek()) {
      if (next.at().equals(memory.cells.get(next.cell()).due())) {
        return next.at();
      }
      memory.deadlines.remove();
    }
    return null;
  }

  /**
   * The readings with what follows from them, each behind the one that it follows from; last what
   * time alone has changed.
   */
  public Derived apply(Memory memory, List<Reading> readings, Moment now) {
    var turn = new Turn(this, memory, now, readings.size());
    for (var reading : readings) {
      take(turn, reading);
    }
    for (int cell = memory.due(now); cell >= 0; cell = memory.due(now)) {
      memory.follow(cell, null, turn);
    }
    return turn.made();
  }

  /**
   * Hears which points have become stale, and tells what follows from that: they themselves are not
   * in it. Whose device is silent may be derived again.
   */
  public Derived expire(Memory memory, List<Reading> stale, Moment now) {
    var turn = new Turn(this, memory, now, stale.size());
    for (var gone : stale) {
      int index = gone.point().index();
      memory.own.clear(index);
      memory.latest[index] = gone;
      for (int follower : followers[index]) {
        memory.follow(follower, gone, turn);
      }
    }
    return turn.made();
  }

  /**
   * People work on these assets from now on, and on no others: what they tell is doubted, and a
   * stall among them is not free.
   */
  public Derived maintain(Memory memory, Set<String> assets, Moment now) {
    var turn = new Turn(this, memory, now, 0);
    if (!assets.equals(memory.works)) {
      memory.works = Set.copyOf(assets);
      for (int i = 0; i < memory.cells.size(); i++) {
        if (memory.cells.get(i).asksForWorks()) {
          memory.follow(i, null, turn);
        }
      }
    }
    return turn.made();
  }

  private void take(Turn turn, Reading said) {
    int index = said.point().index();
    var memory = turn.memory();
    memory.own.set(index);
    if (filters[index] < 0) {
      enter(turn, said);
    } else if (memory.isNews(said)) {
      memory.follow(filters[index], said, turn);
    } else {
      memory.cells.get(filters[index]).late(said, turn);
    }
  }

  /** Takes what is so, and whatever follows from it. */
  void enter(Turn turn, Reading reading) {
    turn.add(reading);
    int index = reading.point().index();
    if (!turn.memory().isNews(reading)) {
      return;
    }
    turn.memory().latest[index] = reading;
    for (int follower : followers[index]) {
      turn.memory().follow(follower, reading, turn);
    }
  }
}
