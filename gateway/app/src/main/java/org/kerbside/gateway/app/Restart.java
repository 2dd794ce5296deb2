package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Remembered;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Wire;
import org.kerbside.rules.Memory;
import org.kerbside.rules.Programmes;
import org.kerbside.rules.RuleBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on where an earlier process ended: its last memories, then the frames of readings that it
 * committed after them, heard by the rules at the time of each. The time for which no process ran
 * is not counted; from its last commit on nothing is known until it is heard. What cannot be read
 * is told, and never keeps a gateway from starting. Used once, before any thread runs.
 */
final class Restart {

  private static final Logger LOG = LoggerFactory.getLogger(Restart.class);

  /** Between two turns; no rule waits so often, and none keeps a gateway from starting. */
  private static final int MOST_WAKES = 1_000;

  private final Journal journal;
  private final RuleBook rules;
  private final Derive derive;
  private final State state;
  private final Silence silence;
  private final Moment now;
  private final Map<String, Point> points = new HashMap<>();
  private final List<Event> events = new ArrayList<>();

  /**
   * What goes on.
   *
   * @param events what there is to tell of it
   * @param orders of the alarms that stand
   * @param desk as the earlier desk noted it
   * @param bridge over the time for which no process ran, as far as that is known
   */
  record Resumed(
      Memory rules,
      Derive.Memory derived,
      Programmes.Memory programmes,
      List<Event> events,
      List<Order> orders,
      Note desk,
      Bridge bridge) {}

  /** Of an earlier process, as far as it could be read. */
  private record Left(Remembered remembered, Memories memories) {

    Bridge bridge(Moment now) {
      return new Bridge(remembered.at().minus(memories.at().sinceBoot()), now);
    }
  }

  /**
   * @param state knows afterwards what the earlier process knew
   * @param silence likewise, as far as it outlives a process
   */
  Restart(
      Journal journal,
      SiteConfig site,
      RuleBook rules,
      Derive derive,
      State state,
      Silence silence,
      Moment now) {
    this.journal = journal;
    this.rules = rules;
    this.derive = derive;
    this.state = state;
    this.silence = silence;
    this.now = now;
    for (var asset : site.assets()) {
      asset.points().forEach(point -> points.put(point.id().toString(), point));
    }
  }

  Resumed resume() {
    var left = left();
    if (left == null) {
      var fresh = anew(rules, derive, now);
      fresh.events().addAll(events);
      return fresh;
    }
    var bridge = left.bridge(now);
    state.recall(left.memories().state(), bridge);
    var recalled = rules.recollection().recall(left.memories().rules(), bridge);
    events.addAll(recalled.events());
    var last = replay(left, recalled.memory());
    var down = down(left, last);
    var orders = rules.recollection().resume(recalled.memory(), last, down);
    state.resume(down, now);
    LOG.info("goes on with {} alarms that stand", recalled.memory().alarms().size());
    var latest = points.values().stream().map(state::seen).map(Seen::last).toList();
    var derived = derive.recall(left.memories().derived(), latest, bridge);
    var programmes = rules.programmes().recall(left.memories().programmes(), now);
    return new Resumed(
        recalled.memory(),
        derived,
        programmes,
        events,
        orders,
        left.memories().desk(),
        new Bridge(bridge.shift().minus(down), now));
  }

  /** Where nothing went before. */
  static Resumed anew(RuleBook rules, Derive derive, Moment now) {
    return new Resumed(
        rules.engine().start(),
        derive.start(),
        rules.programmes().start(),
        new ArrayList<>(),
        List.of(),
        new Note(),
        Bridge.none(now));
  }

  private @Nullable Left left() {
    for (var remembered : journal.remembered()) {
      try {
        return new Left(remembered, SnapshotBytes.read(remembered.body()));
      } catch (SnapshotBytes.Unreadable damaged) {
        LOG.warn("snapshot: {}", damaged.getMessage());
        events.add(
            new Event.Health(
                now,
                "snapshot-unreadable",
                "journal.db",
                List.of(
                    String.valueOf(damaged.getMessage()),
                    "holds begin anew; alarms that stand may be raised again")));
      }
    }
    return null;
  }

  /** The moment of the last frame. */
  private Moment replay(Left left, Memory memory) {
    var last = left.remembered().at();
    for (var page = journal.later(left.remembered().readings());
        !page.isEmpty();
        page = journal.later(page.getLast().seq())) {
      for (var frame : page) {
        for (var turn : turns(frame, left, last).entrySet()) {
          hear(turn.getValue(), moment(turn.getKey(), left), memory);
        }
        last = frame.at();
      }
    }
    var end = moment(last, left);
    wake(end, memory);
    return end;
  }

  /**
   * The readings of a frame by the time of their turn: a reading tells when it was heard, unless
   * its source has a clock of its own; and no turn of the frame was before the last commit.
   */
  private Map<Duration, List<Reading>> turns(Remembered.Later frame, Left left, Duration before) {
    var turns = new TreeMap<Duration, List<Reading>>();
    for (var line : frame.contents().lines()) {
      var up = up(line, frame, left);
      var clamped = max(before, min(up, frame.at()));
      var reading = reading(line, moment(clamped, left));
      if (reading != null) {
        turns.computeIfAbsent(clamped, _ -> new ArrayList<>()).add(reading);
      }
    }
    return turns;
  }

  private Duration up(Wire.Line line, Remembered.Later frame, Left left) {
    if (frame.contents().boot() != null) {
      return left.bridge(now).over(Duration.ofMillis(line.at().toEpochMilli()));
    }
    return left.memories().at().clock() == ClockQuality.NONE
        ? frame.at()
        : left.remembered().at().plus(Duration.between(left.memories().at().wall(), line.at()));
  }

  private @Nullable Reading reading(Wire.Line line, Moment at) {
    var point = points.get(line.point());
    if (point == null || line.readings() > 1 || (line.value() == null && line.why() == null)) {
      return null;
    }
    return new Reading(point, line.value(), quality(line), at, Reading.Timing.RECEIPT);
  }

  private static Quality quality(Wire.Line line) {
    if (line.why() == null) {
      return Quality.GOOD;
    }
    var reason = new Reason(line.why());
    return line.value() == null ? new Quality.Bad(reason) : new Quality.Uncertain(reason);
  }

  private void hear(List<Reading> readings, Moment at, Memory memory) {
    wake(at, memory);
    readings.forEach(reading -> state.replay(reading, at));
    var turn = rules.engine().turn(memory, at);
    readings.forEach(turn::hear);
    silence.news().forEach(turn::hear);
    events.addAll(turn.end().events());
  }

  /** What was due before a turn was decided at its own time. */
  private void wake(Moment until, Memory memory) {
    var engine = rules.engine();
    var wake = memory.wake();
    for (int left = MOST_WAKES; wake != null && left > 0; left--) {
      if (wake.compareTo(until.sinceBoot()) > 0) {
        return;
      }
      var due = until.plus(wake.minus(until.sinceBoot()));
      var decided = engine.apply(memory, List.of(), List.of(), due);
      events.addAll(decided.events());
      wake = decided.wake();
    }
  }

  /** A time on this process's scale, as the earlier one would have told it. */
  private Moment moment(Duration up, Left left) {
    var then = left.bridge(now).over(left.memories().at());
    return then.plus(up.minus(then.sinceBoot()));
  }

  /** As long as both clocks were known; else nobody can say, and it is taken for no time at all. */
  private Duration down(Left left, Moment last) {
    boolean isKnown =
        left.memories().at().clock() != ClockQuality.NONE && now.clock() != ClockQuality.NONE;
    var down = Duration.between(last.wall(), now.wall()).minus(now.since(last));
    return isKnown && !down.isNegative() ? down : Duration.ZERO;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
