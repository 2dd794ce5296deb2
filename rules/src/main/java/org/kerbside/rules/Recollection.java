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
import org.kerbside.gateway.model.Speech;

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
    return new Note()
        .put("rules", rules)
        .put("works", works(memory.upkeep()))
        .put("kpis", engine.closes().note(memory))
        .put("points", points(memory))
        .put("speech", speech(memory))
        .put("windows", windows(memory.windows()))
        .put("day", memory.today().noted())
        .put("deeds", memory.deeds().note());
  }

  private Note points(Memory memory) {
    var notes = new Note();
    for (var point : points) {
      var known = memory.points().known(point);
      var note =
          new Note()
              .put("observed", known.observed())
              .put("heard", known.heard())
              .put("ordered", known.ordered())
              .put("told", known.told());
      if (!note.isEmpty()) {
        notes.put(point.id().toString(), note);
      }
    }
    return notes;
  }

  private static Note speech(Memory memory) {
    var notes = new Note();
    memory.speech().forEach(notes::put);
    return notes;
  }

  private static Note windows(Windows windows) {
    var notes = new Note();
    for (int i = 0; i < windows.spans().size(); i++) {
      notes.put(WindowNote.name(windows.spans().get(i)), windows.at(i).note());
    }
    return notes;
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
    recallPoints(note.note("points"), memory, bridge);
    recallSpeech(note.note("speech"), memory);
    recallWindows(note.note("windows"), memory.windows(), bridge);
    memory.today().recall(note.text("day"));
    memory.deeds().recall(note.note("deeds"), bridge);
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

  private void recallPoints(Note notes, Memory memory, Bridge bridge) {
    for (var point : points) {
      var note = notes.note(point.id().toString());
      memory
          .points()
          .recall(
              point,
              new Points.Known(
                  note.value("observed"),
                  note.up("heard", bridge),
                  note.value("ordered"),
                  note.up("told", bridge)));
    }
  }

  private static void recallSpeech(Note notes, Memory memory) {
    for (var asset : notes.facts().keySet()) {
      var state = notes.word(asset, Speech.State.class);
      if (state != null) {
        memory.hear(new Speech(asset, state));
      }
    }
  }

  private static void recallWindows(Note notes, Windows windows, Bridge bridge) {
    for (int i = 0; i < windows.spans().size(); i++) {
      windows.at(i).recall(notes.note(WindowNote.name(windows.spans().get(i))), bridge);
    }
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
  private static void takeOver(Standing standing, Watch watch) {
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
      var standing = new Standing();
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
  private static @Nullable Alarm lastTold(Standing standing) {
    if (!standing.isToldUp) {
      return null;
    }
    return standing.alarm == null ? standing.latest : standing.alarm;
  }

  /**
   * Nothing is known any more until it is heard.
   *
   * @param last the last instant that is known of; what was due by then has been decided
   * @param down how long nobody listened after that, as far as is known: it is no time of holds,
   *     but what windows know is so much older
   * @return what the alarms that stand order
   */
  public List<Order> resume(Memory memory, Moment last, Duration down) {
    memory.stopped(last);
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
      memory.points().recall(point, older(memory.points().known(point), down));
    }
    memory.speech().clear();
    memory.windows().age(down);
    memory.deeds().age(down.toNanos());
    return orders;
  }

  private static Points.Known older(Points.Known known, Duration down) {
    var heard = known.heard();
    var told = known.told();
    return new Points.Known(
        null,
        heard == null ? null : heard.minus(down),
        null,
        told == null ? null : told.minus(down));
  }

  private static void stop(Standing standing, Watch watch, Duration last) {
    var elapsed = last.minus(standing.stepped);
    standing.phase = stopped(watch.hold(), standing.phase, elapsed);
    for (int i = 0; i < standing.graver.length; i++) {
      var phase = stopped(watch.graver().get(i).hold(), standing.graver[i].phase(), elapsed);
      standing.graver[i] = new Standing.Escalation(phase, Truth.UNKNOWN);
    }
    standing.stepped = last;
    standing.when = Truth.UNKNOWN;
    standing.clear = Truth.UNKNOWN;
  }

  private static Phase stopped(Hold hold, Phase phase, Duration elapsed) {
    return hold.next(phase, Truth.UNKNOWN, Truth.UNKNOWN, elapsed);
  }
}
