package org.kerbside.rules;

import java.time.Instant;
import java.time.LocalDate;
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

  /** What must not be forgotten with the process. */
  Note note() {
    var note = new Note();
    if (day != null) {
      var stood = new Note();
      stands.forEach((point, stand) -> stood.put(point.id().toString(), new Value.Num(stand)));
      note.put("day", day.toEpochDay()).put("used", new Value.Num(used)).put("stands", stood);
    }
    return note;
  }

  void recall(Note note) {
    var taken = note.real("used");
    if (budget == null || taken == null) {
      return;
    }
    day = LocalDate.ofEpochDay(note.whole("day"));
    used = taken;
    for (var counter : budget.counters()) {
      var stand = note.note("stands").real(counter.id().toString());
      if (stand != null) {
        stands.put(counter, stand);
      }
    }
  }
}
