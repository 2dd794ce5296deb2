package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Speech;
import org.kerbside.gateway.model.Value;

/**
 * The rules of a site: {@code (memory, readings, now) → (memory, events, orders)}. Driven by
 * change: a reading evaluates the rules that name its point, a deadline those that wait for time,
 * and nothing is polled. The same feed gives the same output. Itself immutable.
 */
public final class Engine {

  /** Changes of one alarm that are told within an hour: a flapping one floods nobody. */
  static final int MOST_CHANGES = 60;

  private final List<Watch> watches;
  private final Askers askers;
  private final Roots roots;

  private final List<Span> spans;
  private final Site site;
  private final Closes closes;

  Engine(List<Watch> watches, int points, List<Span> spans, Site site) {
    this(watches, List.of(), points, spans, site);
  }

  Engine(List<Watch> watches, List<Kpi> kpis, int points, List<Span> spans, Site site) {
    this.site = site;
    this.closes = new Closes(kpis, points, site);
    this.spans = List.copyOf(spans);
    this.watches = List.copyOf(watches);
    askers = new Askers(this.watches, points);
    roots = Roots.of(this.watches, askers.byId());
  }

  public Memory start() {
    var memory = new Memory(askers.points(), watches.size(), spans, site);
    for (int i = 0; i < watches.size(); i++) {
      memory.standing(i).begin(watches.get(i));
      if (!watches.get(i).blindly().isEmpty() || Askers.asksForWords(watches.get(i))) {
        memory.awaits(i, Duration.ZERO); // That nothing is known or said is to be noticed.
      }
    }
    memory.books(closes.start());
    return memory;
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
      turn.step(askers.civil());
      closes.clockSet(memory);
    }
    return turn;
  }

  Closes closes() {
    return closes;
  }

  static @Nullable Duration earlier(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** What one turn has decided so far. */
  public final class Turn {

    private final Memory memory;
    private final Moment now;
    private final List<Event> events = new ArrayList<>(0);
    private final List<Order> orders = new ArrayList<>(0);
    private final Annunciator bell;
    private final Walk walk;

    private Turn(Memory memory, Moment now) {
      this.memory = memory;
      this.now = now;
      var doings = new Doings(now, orders, events);
      var teller = new Teller(roots, memory, now, events);
      bell = new Annunciator(watches, roots, memory, now, teller, doings);
      walk = new Walk(watches, memory, now, bell, doings);
    }

    /** Whether this reading, though within its band, would turn a rule's condition. */
    public boolean turns(Reading candidate) {
      var named = askers.observed(candidate.point());
      if (named.length == 0) {
        return false;
      }
      var before = memory.points().observed(candidate.point());
      var value = Memory.told(candidate);
      memory.hears(candidate.point(), value);
      memory.points().suppose(candidate.point(), value);
      boolean turns = false;
      for (int i = 0; i < named.length && !turns; i++) {
        turns = isTurned(named[i]);
      }
      memory.points().suppose(candidate.point(), before);
      return turns;
    }

    /** Takes a reading that enters a frame. */
    public void hear(Reading reading) {
      memory.points().doubts(reading);
      memory.observe(reading.point(), Memory.told(reading));
      closes.observed(memory, reading.point());
      step(askers.observed(reading.point()));
    }

    /** Takes that an asset or a bus fell silent, or speaks. */
    public void hear(Speech told) {
      memory.hear(told);
      step(askers.silence(told.asset()));
    }

    /** Who holds the outputs, by their points' index: an asset that people hold is manual. */
    public void hold(Map<Integer, Owner> owners) {
      if (memory.isHeldBy(owners)) {
        return;
      }
      var manual = new HashSet<String>();
      owners.forEach(
          (point, owner) -> {
            var asset = askers.assetOf(point);
            if (asset != null && owner.issuer().isPerson()) {
              manual.add(asset);
            }
          });
      for (var asset : memory.holds(owners, manual)) {
        step(askers.of(asset));
      }
    }

    /**
     * What a person does to an alarm or an asset: {@code ack}, {@code shelve}, {@code unshelve},
     * {@code maintenance}, {@code did}.
     */
    public Outcome handle(Command command) {
      switch (command.op()) {
        case "maintenance" -> {
          return maintain(command);
        }
        case "did" -> {
          return did(command);
        }
        default -> {}
      }
      var index = askers.byId().get(command.point());
      if (index == null) {
        return new Outcome.Rejected("unknown-alarm");
      }
      var outcome = Handling.of(command, now).handle(bell, index);
      await(index);
      return outcome;
    }

    private Outcome maintain(Command command) {
      if (askers.asset(command.point()) == null) {
        return new Outcome.Rejected("unknown-asset");
      }
      var handling = Handling.of(command, now);
      var outcome = handling.maintain(memory.upkeep(), command.point(), events);
      step(askers.of(command.point()));
      closes.all(memory);
      return outcome;
    }

    /** What people say that they did counts as if a device had told it. */
    private Outcome did(Command command) {
      var asset = askers.asset(command.point());
      if (asset == null) {
        return new Outcome.Rejected("unknown-asset");
      }
      if (Handling.NOTE.equals(command.value())) {
        return Handling.of(command, now).note(asset.id(), events);
      }
      var deed = command.value() instanceof Value.State(var word) ? Deed.of(word, asset) : null;
      if (deed == null || command.by().isBlank()) {
        return new Outcome.Rejected(deed == null ? "not-allowed" : "incomplete");
      }
      memory.did(deed, asset);
      closes.did(memory, asset, deed);
      events.add(new Event.Audit(now, deed.word(), asset.id(), Handling.of(command, now).act()));
      step(askers.of(asset.id()));
      return new Outcome.Done(null);
    }

    public Decided end() {
      wake();
      if (closes.tick(memory, now, events)) {
        step(askers.figures());
      }
      bell.settle().forEach(this::await);
      return new Decided(events, orders, earlier(memory.wake(), closes.wake(memory, now)));
    }

    private void order(Ordered order) {
      memory.order(order.point(), order.value());
      closes.ordered(memory, order.point());
      step(askers.ordered(order.point()));
    }

    private boolean isTurned(int index) {
      var watch = watches.get(index);
      var standing = memory.standing(index);
      memory.evaluated();
      try {
        return !standing.isOff
            && ((standing.phase.isUp()
                    ? watch.clear().test(memory) != standing.clear
                    : watch.when().test(memory) != standing.when)
                || turnsGraver(watch, standing));
      } catch (RuntimeException mistake) {
        switchOff(index, mistake);
        return false;
      }
    }

    private boolean turnsGraver(Watch watch, Standing standing) {
      for (int i = 0; i < watch.graver().size(); i++) {
        if (!standing.phase.equals(Hold.QUIET)
            && watch.graver().get(i).when().test(memory) != standing.graver[i].when()) {
          return true;
        }
      }
      return false;
    }

    /** Steps what waited for this time. Values hold until the next reading, so this comes first. */
    private void wake() {
      for (var asset : memory.upkeep().end(now, events)) {
        step(askers.of(asset));
        closes.all(memory);
      }
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
      memory.evaluated();
      try {
        bell.timePasses(index);
        walk.step(index);
        await(index);
      } catch (RuntimeException mistake) {
        switchOff(index, mistake);
      }
    }

    private void await(int index) {
      memory.awaits(index, walk.next(index));
    }

    /** Its alarm and its orders stay as they are: nobody knows better until somebody looks. */
    private void switchOff(int index, RuntimeException mistake) {
      var watch = watches.get(index);
      memory.standing(index).isOff = true;
      memory.awaits(index, null);
      bell.unsettle(index);
      events.add(
          new Event.Health(
              now,
              "rule-off",
              watch.id(),
              List.of("a mistake in the rule or in us, off until restart: " + mistake)));
    }
  }
}
