package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Event.AlarmChanged.Change;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;

/**
 * The rules of a site: {@code (memory, readings, now) → (memory, events, orders)}. Driven by
 * change: a reading evaluates the rules that name its point, a deadline those that wait for time,
 * and nothing is polled. The same feed gives the same output. Itself immutable.
 */
public final class Engine {

  private static final int[] NONE = {};

  private final List<Watch> watches;
  private final int[][] byObserved;
  private final int[][] byOrdered;

  Engine(List<Watch> watches, int points) {
    this.watches = List.copyOf(watches);
    byObserved = index(points, Slot.Observed.class);
    byOrdered = index(points, Slot.Commanded.class);
  }

  public Memory start() {
    return new Memory(byObserved.length, watches.size());
  }

  /** What these readings and orders make of the rules; with none, what the time alone does. */
  public Decided apply(Memory memory, List<Reading> readings, List<Ordered> ordered, Moment now) {
    var turn = new Turn(memory, now);
    turn.wake();
    for (var order : ordered) {
      memory.order(order.point(), order.value());
      turn.step(byOrdered[order.point().index()]);
    }
    for (int i = 0; i < readings.size(); i++) {
      var reading = readings.get(i);
      memory.observe(reading.point(), Memory.told(reading));
      turn.step(byObserved[reading.point().index()]);
    }
    turn.wake();
    return new Decided(turn.events, turn.orders, memory.wake());
  }

  /** Whether this reading, though within its band, would turn a rule's condition. */
  public boolean turns(Memory memory, Reading candidate, Moment now) {
    var named = byObserved[candidate.point().index()];
    if (named.length == 0) {
      return false;
    }
    var before = memory.observed(candidate.point());
    memory.observe(candidate.point(), Memory.told(candidate));
    boolean turns = false;
    for (int i = 0; i < named.length && !turns; i++) {
      turns = isTurned(memory, named[i]);
    }
    memory.observe(candidate.point(), before);
    return turns;
  }

  private boolean isTurned(Memory memory, int index) {
    var watch = watches.get(index);
    var standing = memory.standing(index);
    return standing.phase.isUp()
        ? watch.clear().test(memory) != standing.clear
        : watch.when().test(memory) != standing.when;
  }

  private int[][] index(int points, Class<? extends Slot.Single> sort) {
    var index = new int[points][];
    Arrays.fill(index, NONE);
    for (int i = 0; i < watches.size(); i++) {
      for (var point : points(watches.get(i), sort)) {
        int[] old = index[point.index()];
        int[] longer = Arrays.copyOf(old, old.length + 1);
        longer[old.length] = i;
        index[point.index()] = longer;
      }
    }
    return index;
  }

  private static Set<Point> points(Watch watch, Class<? extends Slot.Single> sort) {
    var points = new LinkedHashSet<Point>();
    for (var input : watch.inputs()) {
      if (sort.isInstance(input.slot())) {
        points.add(input.slot().point());
      }
    }
    return points;
  }

  /** One call of {@link #apply}: what it has decided so far. */
  private final class Turn {

    private final Memory memory;
    private final Moment now;
    private final List<Event.AlarmChanged> events = new ArrayList<>(0);
    private final List<Order> orders = new ArrayList<>(0);

    Turn(Memory memory, Moment now) {
      this.memory = memory;
      this.now = now;
    }

    /** Steps what waited for this time. Values hold until the next reading, so this comes first. */
    void wake() {
      for (int due = memory.due(now.sinceBoot()); due >= 0; due = memory.due(now.sinceBoot())) {
        step(due);
      }
    }

    void step(int[] named) {
      for (int index : named) {
        step(index);
      }
    }

    private void step(int index) {
      var watch = watches.get(index);
      var standing = memory.standing(index);
      var before = standing.phase;
      boolean asksWhen = !before.isUp() || !watch.hold().steps().isEmpty();
      standing.when = asksWhen ? watch.when().test(memory) : Truth.UNKNOWN;
      standing.clear = before.isUp() ? watch.clear().test(memory) : Truth.UNKNOWN;
      var elapsed = now.sinceBoot().minus(standing.stepped);
      var after = watch.hold().next(before, standing.when, standing.clear, elapsed);
      standing.stepped = now.sinceBoot();
      if (after.equals(before)) {
        return;
      }
      standing.phase = after;
      move(watch, standing, before);
      memory.awaits(index, due(watch.hold().left(after)));
    }

    private @Nullable Duration due(@Nullable Duration left) {
      return left == null ? null : now.sinceBoot().plus(left);
    }

    private void move(Watch watch, Memory.Standing standing, Phase before) {
      switch (standing.phase) {
        case Phase.Quiet() -> quiet(watch, standing, before);
        case Phase.Rising(var held, var last) -> {
          if (before instanceof Phase.Quiet) {
            standing.rising = now;
          }
        }
        case Phase.Raised(var held, var last, var step) -> {
          standing.falling = null;
          if (!before.isUp()) {
            raised(watch, standing, held);
          } else if (before.stepsTaken() != step) {
            updated(watch, standing, held, step);
          }
        }
        case Phase.Falling(var held, var step, var calm, var last) -> {
          if (before instanceof Phase.Raised) {
            standing.falling = now;
          }
        }
      }
    }

    private void raised(Watch watch, Memory.Standing standing, Duration held) {
      var since = standing.rising == null ? now : standing.rising;
      var why = Watch.why(watch.when(), memory, since);
      standing.alarm = watch.alarm(memory, standing.phase.stepsTaken(), now, held, why);
      events.add(new Event.AlarmChanged(now, Change.RAISED, standing.alarm));
      orders.addAll(watch.orders());
      // What now counts is whether it is clear, and turns() compares with this.
      standing.clear = watch.clear().test(memory);
    }

    private void updated(Watch watch, Memory.Standing standing, Duration held, int step) {
      var since = standing.rising == null ? now : standing.rising;
      var raised = standing.alarm == null ? now : standing.alarm.since();
      var why = Watch.why(watch.when(), memory, since);
      standing.alarm = watch.alarm(memory, step, raised, held, why);
      events.add(new Event.AlarmChanged(now, Change.UPDATED, standing.alarm));
    }

    private void quiet(Watch watch, Memory.Standing standing, Phase before) {
      var since = standing.falling == null ? now : standing.falling;
      standing.rising = null;
      standing.falling = null;
      if (standing.alarm == null) {
        return;
      }
      var why = Watch.why(watch.clear(), memory, since);
      var raised = standing.alarm.since();
      var alarm = watch.alarm(memory, before.stepsTaken(), raised, heldOf(before), why);
      standing.alarm = null;
      events.add(new Event.AlarmChanged(now, Change.CLEARED, alarm));
      orders.addAll(watch.releases());
      standing.when = watch.when().test(memory);
    }

    private static Duration heldOf(Phase phase) {
      return switch (phase) {
        case Phase.Quiet() -> Duration.ZERO;
        case Phase.Rising(var held, var last) -> held;
        case Phase.Raised(var held, var last, var step) -> held;
        case Phase.Falling(var held, var step, var calm, var last) -> held;
      };
    }
  }
}
