package org.kerbside.rules;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * What the whole site has taken of a day's water. Not known while one of its counters is not: then
 * nobody begins to water. Belongs to the thread of its {@link Programmes.Memory}.
 */
final class Usage {

  private final Watering.@Nullable Budget budget;
  private final CivilDay day;
  private final Map<Point, Double> stands = new HashMap<>();
  private double used; // m3 of the day
  private boolean isKnown;

  Usage(Watering.@Nullable Budget budget, ZoneId zone) {
    this.budget = budget;
    this.day = new CivilDay(LocalTime.MIDNIGHT, zone);
  }

  void look(Look look, Instant wall) {
    if (budget == null) {
      return;
    }
    day.clockSet(); // Nobody tells programmes whether it was.
    if (day.turn(wall, look.now().sinceBoot().toNanos()) != null) {
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

  /** What must not be forgotten with the process. */
  Note note() {
    var note = new Note();
    if (day.noted() != null) {
      var stood = new Note();
      stands.forEach((point, stand) -> stood.put(point.id().toString(), new Value.Num(stand)));
      note.put("day", day.noted()).put("used", new Value.Num(used)).put("stands", stood);
    }
    return note;
  }

  void recall(Note note) {
    var taken = note.real("used");
    if (budget == null || taken == null) {
      return;
    }
    day.recall(note.text("day"));
    used = taken;
    for (var counter : budget.counters()) {
      var stand = note.note("stands").real(counter.id().toString());
      if (stand != null) {
        stands.put(counter, stand);
      }
    }
  }
}
