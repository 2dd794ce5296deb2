package org.kerbside.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;

/**
 * What the whole site has taken of a day's water. Not known while one of its counters is not: then
 * nobody begins to water. Belongs to the thread of its {@link Programmes.Memory}.
 */
final class Usage {

  private final Watering.@Nullable Budget budget;
  private final ZoneId zone;
  private final Map<Point, Double> stands = new HashMap<>();
  private @Nullable LocalDate day;
  private double used; // m3 of that day
  private boolean isKnown;

  Usage(Watering.@Nullable Budget budget, ZoneId zone) {
    this.budget = budget;
    this.zone = zone;
  }

  void look(Look look, Instant wall) {
    if (budget == null) {
      return;
    }
    var today = LocalDate.ofInstant(wall, zone);
    if (!today.equals(day)) {
      day = today;
      used = 0;
    }
    isKnown = !budget.counters().isEmpty();
    for (var counter : budget.counters()) {
      Double now = look.number(counter);
      if (now == null) {
        isKnown = false;
        continue;
      }
      Double before = stands.put(counter, now);
      used += before == null ? 0 : Math.max(0, now - before);
    }
  }

  /** Why no more may be taken; null when it may. */
  @Nullable String refuses() {
    if (budget == null) {
      return null;
    }
    if (!isKnown) {
      return "nobody knows what the site has taken of its budget today";
    }
    return used >= budget.water()
        ? "the day's budget of %s m3 is used".formatted(budget.water())
        : null;
  }

  /**
   * As much as outlives the process.
   *
   * @param used cubic metres of that day
   */
  record Kept(LocalDate day, double used) {}

  @Nullable Kept kept() {
    return day == null ? null : new Kept(day, used);
  }

  void recall(Kept earlier) {
    day = earlier.day();
    used = earlier.used();
  }
}
