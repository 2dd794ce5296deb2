package org.kerbside.gateway.app.wiring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.gateway.model.Site;

/**
 * What begins where a gateway ends, and the buses that go on meanwhile: those for which the new
 * plan says what the old one said. They stay open, so that no pulse goes uncounted, no session is
 * lost and nothing that a device told has to be told again. The main thread's.
 */
final class Heir {

  private final @Nullable Plan plan;
  private final Map<String, Line> lines = new LinkedHashMap<>();

  private Heir(@Nullable Plan plan) {
    this.plan = plan;
  }

  /** Nobody comes after, or nobody who has buses. */
  static Heir nobody() {
    return new Heir(null);
  }

  static Heir by(Plan plan) {
    return new Heir(plan);
  }

  /** What begins instead of one that could not. */
  Heir instead(Start start) {
    var other =
        switch (start) {
          case Start.Runs(var old) -> by(old);
          case Start.Safe safe -> nobody();
        };
    // What this one should have had is as the one before it left it.
    other.lines.putAll(lines);
    lines.clear();
    return other;
  }

  /** Whether a bus goes on by the new plan as by the old. */
  boolean goesOn(String bus, Plan old) {
    var was = bus(bus, old);
    var is = plan == null ? null : bus(bus, plan);
    if (plan == null || was == null || is == null) {
      return false;
    }
    var before = old.config().devices().stream().filter(d -> d.bus().equals(bus)).toList();
    var after = plan.config().devices().stream().filter(d -> d.bus().equals(bus)).toList();
    if (!isLike(plan.config().site(), old.config().site())
        || !was.says(is)
        || before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).isLike(after.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Wherever people may call it otherwise. */
  private static boolean isLike(Site mine, Site theirs) {
    return mine.id().equals(theirs.id())
        && mine.zone().equals(theirs.zone())
        && mine.latitude() == theirs.latitude()
        && mine.longitude() == theirs.longitude()
        && mine.service().equals(theirs.service());
  }

  private static @Nullable BusConfig bus(String name, Plan plan) {
    return plan.config().buses().stream()
        .filter(bus -> bus.name().text().equals(name))
        .findFirst()
        .orElse(null);
  }

  void give(String bus, Line line) {
    lines.put(bus, line);
  }

  /** A bus that is open already; null where it is to be opened. */
  @Nullable Line take(String bus) {
    return lines.remove(bus);
  }

  /** Closes what nobody took. */
  void close() {
    lines.values().forEach(line -> Gateway.close(line.driver()));
    lines.clear();
  }
}
