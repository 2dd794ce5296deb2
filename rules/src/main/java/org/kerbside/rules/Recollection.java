package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Event.AlarmChanged.Change;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;

/**
 * What the rules remember, beyond the end of a process: as notes by the names of assets, rules and
 * points, so that a changed site keeps what still fits. Itself immutable.
 *
 * <p>A restart is to the rules as if every point had become unknown at the last instant that is
 * known of: holds stop, alarms stand, and what they order is ordered again. A rule whose version is
 * another one begins anew, but an alarm of its stands until the rule itself finds it clear; of a
 * rule or an asset that is gone it is told cleared, for nobody would ever.
 */
public final class Recollection {

  private final List<Watch> watches;
  private final List<Point> points; // by index
  private final Map<String, Point> byId = new HashMap<>();
  private final Engine engine;
  private final StandingNote standings;

  Recollection(List<Watch> watches, List<Point> points, Engine engine) {
    this.engine = engine;
    this.watches = List.copyOf(watches);
    this.points = List.copyOf(points);
    points.forEach(point -> byId.put(point.id().toString(), point));
    standings = new StandingNote(new AlarmNote(byId));
  }

  /**
   * A memory that goes on where another ended.
   *
   * @param events alarms that nobody watches any more
   */
  public record Recalled(Memory memory, List<Event> events) {
    public Recalled {
      events = List.copyOf(events);
    }
  }

  public Note note(Memory memory) {
    var rules = new Note();
    for (int i = 0; i < watches.size(); i++) {
      var standing = memory.standing(i);
      if (standing.isBegun()) {
        rules.put(watches.get(i).id(), StandingNote.of(standing, watches.get(i).version()));
      }
    }
    var observed = new Note();
    var ordered = new Note();
    for (var point : points) {
      observed.put(point.id().toString(), memory.observed(point));
      ordered.put(point.id().toString(), memory.ordered(point));
    }
    return new Note()
        .put("rules", rules)
        .put("works", works(memory.upkeep()))
        .put("kpis", engine.closes().note(memory))
        .put("observed", observed)
        .put("ordered", ordered);
  }

  private static Note works(Upkeep upkeep) {
    var works = new Note();
    upkeep.works().keySet().stream()
        .sorted()
        .forEach(asset -> works.put(asset, ActNote.of(upkeep.works().get(asset))));
    return works;
  }

  public Recalled recall(Note note, Bridge bridge) {
    var memory = engine.start();
    var rules = note.note("rules");
    var left = new TreeSet<>(rules.facts().keySet());
    for (int i = 0; i < watches.size(); i++) {
      if (left.remove(watches.get(i).id())) {
        read(i, rules.note(watches.get(i).id()), memory, bridge);
      }
    }
    var observed = note.note("observed");
    var ordered = note.note("ordered");
    for (var point : points) {
      memory.observe(point, observed.value(point.id().toString()));
      memory.order(point, ordered.value(point.id().toString()));
    }
    var works = note.note("works");
    for (var asset : works.facts().keySet()) {
      var act = ActNote.read(works.note(asset), bridge);
      if (act != null) {
        memory.upkeep().begin(asset, act);
      }
    }
    engine.closes().recall(memory, note.note("kpis"));
    memory.alarmsChanged();
    return new Recalled(memory, gone(left, rules, bridge));
  }

  private void read(int watch, Note note, Memory memory, Bridge bridge) {
    var standing = memory.standing(watch);
    standings.read(note, standing, bridge);
    if (watches.get(watch).version().equals(note.text("version"))) {
      memory.awaits(watch, note.up("due", bridge));
    } else {
      takeOver(standing, watches.get(watch));
    }
  }

  /** Another threshold alone clears nothing: the alarm stands until the rule has heard. */
  private static void takeOver(Memory.Standing standing, Watch watch) {
    var alarm = standing.alarm;
    standing.begin(watch);
    standing.phase =
        alarm == null || alarm.state() != Alarm.State.RAISED
            ? Hold.QUIET
            : new Phase.Raised(Duration.ZERO, Truth.UNKNOWN, 0);
    standing.when = Truth.UNKNOWN;
    standing.clear = Truth.UNKNOWN;
    standing.rising = null;
    standing.falling = null;
  }

  private List<Event> gone(Set<String> left, Note rules, Bridge bridge) {
    var events = new ArrayList<Event>();
    for (var id : left) {
      var standing = new Memory.Standing();
      standings.read(rules.note(id), standing, bridge);
      var alarm = lastTold(standing);
      if (alarm != null) {
        var cleared = alarm.with(Alarm.State.CLEARED);
        events.add(
            new Event.AlarmChanged(
                bridge.now(), Change.CLEARED, cleared, null, List.of(), standing.folded));
      }
    }
    return events;
  }

  /** The alarm that the city believes to stand; null where it believes in none. */
  private static @Nullable Alarm lastTold(Memory.Standing standing) {
    if (!standing.isToldUp) {
      return null;
    }
    return standing.alarm == null ? standing.latest : standing.alarm;
  }

  /**
   * Nothing is known any more until it is heard.
   *
   * @param last the last instant that is known of; what was due by then has been decided
   * @return what the alarms that stand order
   */
  public List<Order> resume(Memory memory, Moment last) {
    var orders = new ArrayList<Order>();
    for (int i = 0; i < watches.size(); i++) {
      var standing = memory.standing(i);
      stop(standing, watches.get(i), last.sinceBoot());
      memory.awaits(i, last.sinceBoot()); // It knows for what, and for how long.
      orders.addAll(Doings.standing(watches.get(i), standing));
    }
    for (var point : points) {
      memory.observe(point, null);
      memory.order(point, null);
    }
    return orders;
  }

  private static void stop(Memory.Standing standing, Watch watch, Duration last) {
    var elapsed = last.minus(standing.stepped);
    standing.phase = stopped(watch.hold(), standing.phase, elapsed);
    for (int i = 0; i < standing.graver.length; i++) {
      var phase = stopped(watch.graver().get(i).hold(), standing.graver[i].phase(), elapsed);
      standing.graver[i] = new Memory.Escalation(phase, Truth.UNKNOWN);
    }
    standing.stepped = last;
    standing.when = Truth.UNKNOWN;
    standing.clear = Truth.UNKNOWN;
  }

  private static Phase stopped(Hold hold, Phase phase, Duration elapsed) {
    return hold.next(phase, Truth.UNKNOWN, Truth.UNKNOWN, elapsed);
  }
}
