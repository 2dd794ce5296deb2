package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Event.AlarmChanged.Change;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Site;

/**
 * The rules of a site: {@code (memory, readings, now) → (memory, events, orders)}. Driven by
 * change: a reading evaluates the rules that name its point, a deadline those that wait for time,
 * and nothing is polled. The same feed gives the same output. Itself immutable.
 */
public final class Engine {

  /** Changes of one alarm that are told within an hour: a flapping one floods nobody. */
  static final int MOST_CHANGES = 60;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int[] NONE = {};

  private final List<Watch> watches;
  private final int[][] byObserved;
  private final int[][] byOrdered;

  private final List<Span> spans;
  private final Site site;
  private final int[] civil; // the watches that ask for civil time

  Engine(List<Watch> watches, int points, List<Span> spans, Site site) {
    this.site = site;
    this.spans = List.copyOf(spans);
    this.watches = List.copyOf(watches);
    byObserved = index(points, Slot.Observed.class);
    byOrdered = index(points, Slot.Commanded.class);
    civil =
        IntStream.range(0, watches.size())
            .filter(i -> watches.get(i).inputs().stream().anyMatch(Engine::isCivil))
            .toArray();
  }

  public Memory start() {
    return new Memory(byObserved.length, watches.size(), spans, site);
  }

  /** What these readings and orders make of the rules; with none, what the time alone does. */
  public Decided apply(Memory memory, List<Reading> readings, List<Ordered> ordered, Moment now) {
    var turn = turn(memory, now);
    for (var order : ordered) {
      turn.order(order);
    }
    for (int i = 0; i < readings.size(); i++) {
      turn.hear(readings.get(i));
    }
    return turn.end();
  }

  /** Begins a turn, reading by reading; what waited for this time comes first. */
  public Turn turn(Memory memory, Moment now) {
    boolean isClockSet = memory.begin(now);
    var turn = new Turn(memory, now);
    turn.wake();
    if (isClockSet) {
      turn.step(civil);
    }
    return turn;
  }

  private static boolean isCivil(Input input) {
    return input.slot() instanceof Slot.Asks;
  }

  private int[][] index(int points, Class<? extends Slot.Source> sort) {
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

  private static Set<Point> points(Watch watch, Class<? extends Slot.Source> sort) {
    var points = new LinkedHashSet<Point>();
    for (var input : watch.inputs()) {
      if (input.slot() instanceof Slot.OfPoint slot && sort.isInstance(slot.source())) {
        points.add(slot.point());
      }
    }
    return points;
  }

  /** What one turn has decided so far. */
  public final class Turn {

    private final Memory memory;
    private final Moment now;
    private final List<Event> events = new ArrayList<>(0);
    private final List<Order> orders = new ArrayList<>(0);

    private Turn(Memory memory, Moment now) {
      this.memory = memory;
      this.now = now;
    }

    /** Whether this reading, though within its band, would turn a rule's condition. */
    public boolean turns(Reading candidate) {
      var named = byObserved[candidate.point().index()];
      if (named.length == 0) {
        return false;
      }
      var before = memory.observed(candidate.point());
      var value = Memory.told(candidate);
      memory.hears(candidate.point(), value);
      memory.suppose(candidate.point(), value);
      boolean turns = false;
      for (int i = 0; i < named.length && !turns; i++) {
        turns = isTurned(named[i]);
      }
      memory.suppose(candidate.point(), before);
      return turns;
    }

    /** Takes a reading that enters a frame. */
    public void hear(Reading reading) {
      memory.observe(reading.point(), Memory.told(reading));
      step(byObserved[reading.point().index()]);
    }

    public Decided end() {
      wake();
      return new Decided(events, orders, memory.wake());
    }

    private void order(Ordered order) {
      memory.order(order.point(), order.value());
      step(byOrdered[order.point().index()]);
    }

    private boolean isTurned(int index) {
      var watch = watches.get(index);
      var standing = memory.standing(index);
      try {
        return !standing.isOff
            && (standing.phase.isUp()
                ? watch.clear().test(memory) != standing.clear
                : watch.when().test(memory) != standing.when);
      } catch (RuntimeException mistake) {
        switchOff(index, mistake);
        return false;
      }
    }

    /** Steps what waited for this time. Values hold until the next reading, so this comes first. */
    private void wake() {
      for (int due = memory.due(now.sinceBoot()); due >= 0; due = memory.due(now.sinceBoot())) {
        step(due);
      }
    }

    private void step(int[] named) {
      for (int index : named) {
        step(index);
      }
    }

    /** A rule that fails costs itself and nobody else. */
    private void step(int index) {
      var standing = memory.standing(index);
      if (standing.isOff) {
        return;
      }
      try {
        var watch = watches.get(index);
        step(watch, standing);
        var due = earlier(due(watch.hold().left(standing.phase)), hourEnd(standing));
        memory.awaits(index, earlier(due, watch.next(memory)));
      } catch (RuntimeException mistake) {
        switchOff(index, mistake);
      }
    }

    private void step(Watch watch, Memory.Standing standing) {
      unfold(standing);
      var before = standing.phase;
      boolean asksWhen = !before.isUp() || !watch.hold().steps().isEmpty();
      standing.when = asksWhen ? watch.when().test(memory) : Truth.UNKNOWN;
      standing.clear = before.isUp() ? watch.clear().test(memory) : Truth.UNKNOWN;
      var elapsed = now.sinceBoot().minus(standing.stepped);
      var after = watch.hold().next(before, standing.when, standing.clear, elapsed);
      standing.stepped = now.sinceBoot();
      if (!after.equals(before)) {
        standing.phase = after;
        move(watch, standing, before);
      }
    }

    /** Its alarm and its orders stay as they are: nobody knows better until somebody looks. */
    private void switchOff(int index, RuntimeException mistake) {
      var watch = watches.get(index);
      memory.standing(index).isOff = true;
      memory.awaits(index, null);
      events.add(
          new Event.Health(
              now,
              "rule-off",
              watch.asset().id() + "/" + watch.rule().name(),
              List.of("a mistake in the rule or in us, off until restart: " + mistake)));
    }

    /** The first changes of an hour are told; what is more is folded into one at its end. */
    private void tell(Memory.Standing standing, Change change, Alarm alarm) {
      var hour = standing.hour;
      if (hour == null || now.sinceBoot().compareTo(hour.plus(HOUR)) >= 0) {
        standing.hour = now.sinceBoot();
        standing.told = 0;
      }
      standing.latest = alarm;
      memory.alarmsChanged();
      if (standing.told == MOST_CHANGES) {
        standing.folded++;
        return;
      }
      standing.told++;
      standing.isToldUp = change != Change.CLEARED;
      events.add(new Event.AlarmChanged(now, change, alarm, 0));
    }

    private void unfold(Memory.Standing standing) {
      var end = hourEnd(standing);
      if (end == null || standing.latest == null || now.sinceBoot().compareTo(end) < 0) {
        return;
      }
      var change =
          standing.alarm == null
              ? Change.CLEARED
              : standing.isToldUp ? Change.UPDATED : Change.RAISED;
      events.add(new Event.AlarmChanged(now, change, standing.latest, standing.folded));
      standing.isToldUp = change != Change.CLEARED;
      standing.hour = now.sinceBoot();
      standing.told = 1;
      standing.folded = 0;
    }

    private static @Nullable Duration hourEnd(Memory.Standing standing) {
      return standing.folded == 0 || standing.hour == null ? null : standing.hour.plus(HOUR);
    }

    private static @Nullable Duration earlier(@Nullable Duration a, @Nullable Duration b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      return a.compareTo(b) <= 0 ? a : b;
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
      tell(standing, Change.RAISED, standing.alarm);
      orders.addAll(watch.orders());
      // What now counts is whether it is clear, and turns() compares with this.
      standing.clear = watch.clear().test(memory);
    }

    private void updated(Watch watch, Memory.Standing standing, Duration held, int step) {
      var since = standing.rising == null ? now : standing.rising;
      var raised = standing.alarm == null ? now : standing.alarm.since();
      var why = Watch.why(watch.when(), memory, since);
      standing.alarm = watch.alarm(memory, step, raised, held, why);
      tell(standing, Change.UPDATED, standing.alarm);
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
      tell(standing, Change.CLEARED, alarm);
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
