package org.kerbside.gateway.assets;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reading.Timing;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/** A site whose devices say what a test says, at times that it sets. */
final class Bench {

  static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

  private final List<Asset> assets = new ArrayList<>();
  private final List<Event.Health> events = new ArrayList<>();
  private final Map<PointId, Instant> bound = new HashMap<>();
  private final List<Reading> told = new ArrayList<>();
  private int points;
  private @Nullable Derive derive;
  private Derive.@Nullable Memory memory;
  private Moment now = new Moment(START, ClockQuality.SYNC, Duration.ofHours(1));

  Bench with(String kindName, String id, @Nullable String parent, Object... settings) {
    var kind = Kinds.TABLE.get(kindName);
    if (kind == null) {
      throw new AssertionError("no kind " + kindName);
    }
    var made = new ArrayList<Point>();
    for (var spec : kind.points().values()) {
      made.add(new Point(points++, new PointId(id, spec.name()), spec));
    }
    var values = new HashMap<String, Value>();
    for (int i = 0; i < settings.length; i += 2) {
      values.put((String) settings[i], value(settings[i + 1]));
    }
    assets.add(new Asset(id, kind, id, parent, made, values, Map.of()));
    return this;
  }

  Moment now() {
    return now;
  }

  /** Lets time pass, and everything happen that waits for it. */
  Bench passes(double seconds) {
    var until = now.plus(Duration.ofNanos(Math.round(seconds * 1e9)));
    for (var wake = derive().wake(memory());
        wake != null && wake.compareTo(until.sinceBoot()) <= 0;
        wake = derive().wake(memory())) {
      now = now.plus(wake.minus(now.sinceBoot()));
      take(derive().apply(memory(), List.of(), now));
    }
    now = until;
    return this;
  }

  /** Nobody knows the time from here on, or again. */
  Bench clock(ClockQuality quality) {
    now = new Moment(now.wall(), quality, now.sinceBoot());
    return this;
  }

  /** A number, a flag or a word. */
  Bench says(String point, Object value) {
    return hears(Reading.good(point(point), value(value), now, Timing.RECEIPT));
  }

  Bench fails(String point, Reason reason) {
    return hears(Reading.bad(point(point), reason, now, Timing.RECEIPT));
  }

  Bench hears(Reading reading) {
    take(derive().apply(memory(), List.of(reading), now));
    return this;
  }

  Bench turnsStale(String point) {
    var gone = Reading.bad(point(point), Reason.STALE, now, Timing.RECEIPT);
    take(derive().expire(memory(), List.of(gone), now));
    return this;
  }

  /** People work on these assets from here on, and on no others. */
  Bench works(String... on) {
    take(derive().maintain(memory(), Set.of(on), now));
    return this;
  }

  /** The process ends, and another goes on with what was noted, on a boot of its own. */
  Bench restarts() {
    return goesOn(derive().note(memory()));
  }

  /** It is killed, long after its last note: all that is newer stands in frames. */
  Bench isKilled(Note last) {
    return goesOn(last);
  }

  Note note() {
    return derive().note(memory());
  }

  /** A setting of an asset was measured anew, while the process runs. */
  Bench calibrates(String id, String setting, double number) {
    var before = derive();
    for (int i = 0; i < assets.size(); i++) {
      var asset = assets.get(i);
      if (asset.id().equals(id)) {
        var settings = new HashMap<>(asset.settings());
        settings.put(setting, new Value.Num(number));
        assets.set(
            i,
            new Asset(
                id, asset.kind(), id, asset.parent(), asset.points(), settings, asset.labels()));
      }
    }
    return learns(before);
  }

  /** Another device speaks for a point, while the process runs or not. */
  Bench binds(String point, Instant when) {
    var before = derive();
    bound.put(point(point).id(), when);
    return learns(before);
  }

  private Bench learns(Derive before) {
    derive = null;
    memory = derive().after(before, memory(), now);
    return this;
  }

  private Bench goesOn(Note note) {
    var latest = new ArrayList<Reading>();
    for (var asset : assets) {
      for (var point : asset.points()) {
        var last = memory().latest(point.index());
        if (last != null) {
          latest.add(last);
        }
      }
    }
    var before = now;
    now = new Moment(now.wall(), now.clock(), Duration.ofSeconds(3));
    var bridge = new Bridge(now.since(before), now);
    memory =
        derive().recall(note, latest.stream().map(last -> over(last, bridge)).toList(), bridge);
    return this;
  }

  private static Reading over(Reading last, Bridge bridge) {
    return new Reading(
        last.point(), last.value(), last.quality(), bridge.over(last.at()), last.timing());
  }

  private void take(Derived made) {
    told.addAll(made.readings());
    events.addAll(made.events());
  }

  /** The last reading of a point; null when there was none. */
  @Nullable Reading last(String point) {
    for (int i = told.size() - 1; i >= 0; i--) {
      if (told.get(i).point().id().toString().equals(point)) {
        return told.get(i);
      }
    }
    return null;
  }

  /** As {@code 0.5}, {@code 0.5 ?rate}, {@code !silent} or {@code -} for none. */
  String shown(String point) {
    var last = last(point);
    if (last == null) {
      return "-";
    }
    return switch (last.quality()) {
      case Quality.Good() -> shown(last.value());
      case Quality.Uncertain(var reason) -> shown(last.value()) + " ?" + reason;
      case Quality.Bad(var reason) -> "!" + reason;
    };
  }

  double number(String point) {
    var last = last(point);
    if (last != null && last.value() instanceof Value.Num(var number)) {
      return number;
    }
    throw new AssertionError("no number: " + last);
  }

  /** How often a point was told. */
  long times(String point) {
    return told.stream().filter(r -> r.point().id().toString().equals(point)).count();
  }

  List<Event.Health> events() {
    return events;
  }

  List<Reading> told() {
    return told;
  }

  Point point(String id) {
    for (var asset : assets) {
      for (var point : asset.points()) {
        if (point.id().toString().equals(id)) {
          return point;
        }
      }
    }
    throw new AssertionError("no point " + id);
  }

  Asset asset(String id) {
    return assets.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  Derive derive() {
    if (derive == null) {
      derive = new Derive(assets, bound);
    }
    return derive;
  }

  Derive.Memory memory() {
    if (memory == null) {
      memory = derive().start();
    }
    return memory;
  }

  private static String shown(@Nullable Value value) {
    return switch (value) {
      case null -> "nothing";
      case Value.Num(var number) -> Double.toString(number);
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.State(var word) -> word;
    };
  }

  private static Value value(Object value) {
    return switch (value) {
      case Number number -> new Value.Num(number.doubleValue());
      case Boolean flag -> Value.Flag.of(flag);
      default -> new Value.State(value.toString());
    };
  }
}
