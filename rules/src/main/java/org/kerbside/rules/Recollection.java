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
  private final StandingNote standings;

  Recollection(List<Watch> watches, List<Point> points) {
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
        rules.put(id(watches.get(i)), StandingNote.of(standing, watches.get(i).version()));
      }
    }
    var observed = new Note();
    var ordered = new Note();
    for (var point : points) {
      observed.put(point.id().toString(), memory.observed(point));
      ordered.put(point.id().toString(), memory.ordered(point));
    }
    return new Note().put("rules", rules).put("observed", observed).put("ordered", ordered);
  }

  public Recalled recall(Note note, Bridge bridge) {
    var memory = new Memory(points.size(), watches.size());
    var rules = note.note("rules");
    var left = new TreeSet<>(rules.facts().keySet());
    for (int i = 0; i < watches.size(); i++) {
      if (left.remove(id(watches.get(i)))) {
        read(i, rules.note(id(watches.get(i))), memory, bridge);
      }
    }
    var observed = note.note("observed");
    var ordered = note.note("ordered");
    for (var point : points) {
      memory.observe(point, observed.value(point.id().toString()));
      memory.order(point, ordered.value(point.id().toString()));
    }
    memory.alarmsChanged();
    return new Recalled(memory, gone(left, rules, bridge));
  }

  private void read(int watch, Note note, Memory memory, Bridge bridge) {
    var standing = memory.standing(watch);
    standings.read(note, standing, bridge);
    if (watches.get(watch).version().equals(note.text("version"))) {
      memory.awaits(watch, note.up("due", bridge));
    } else {
      takeOver(standing);
    }
  }

  /** Another threshold alone clears nothing: the alarm stands until the rule has heard. */
  private static void takeOver(Memory.Standing standing) {
    standing.phase =
        standing.alarm == null ? Hold.QUIET : new Phase.Raised(Duration.ZERO, Truth.UNKNOWN, 0);
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
        events.add(new Event.AlarmChanged(bridge.now(), Change.CLEARED, alarm, standing.folded));
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
      stop(standing, watches.get(i).hold(), last.sinceBoot());
      memory.awaits(i, standing.folded == 0 ? null : last.sinceBoot()); // It knows for how long.
      if (standing.phase.isUp()) {
        orders.addAll(watches.get(i).orders());
      }
    }
    for (var point : points) {
      memory.observe(point, null);
      memory.order(point, null);
    }
    return orders;
  }

  private static void stop(Memory.Standing standing, Hold hold, Duration last) {
    var elapsed = last.minus(standing.stepped);
    standing.phase = hold.next(standing.phase, Truth.UNKNOWN, Truth.UNKNOWN, elapsed);
    standing.stepped = last;
    standing.when = Truth.UNKNOWN;
    standing.clear = Truth.UNKNOWN;
  }

  private static String id(Watch watch) {
    return watch.asset().id() + "/" + watch.rule().name().text();
  }
}
