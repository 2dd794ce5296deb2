package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Why;

/**
 * One rule on one asset, ready to run.
 *
 * @param graver what makes its alarm graver beside time
 * @param orders while its alarm stands
 * @param blindly what is ordered while its condition is unknown
 */
record Watch(
    Rule rule,
    String version,
    Scope scope,
    Condition when,
    Condition clear,
    Hold hold,
    List<Graver> graver,
    List<Orders.Wanted> orders,
    List<Orders.Wanted> blindly) {

  private static final int LONGEST_CHAIN = 16;

  /** An escalation with a condition of its own. */
  record Graver(Condition when, Hold hold, Severity severity) {}

  Watch {
    graver = List.copyOf(graver);
    orders = List.copyOf(orders);
    blindly = List.copyOf(blindly);
  }

  Asset asset() {
    return scope.asset();
  }

  /** How long its condition must be unknown before it orders blindly. */
  Hold blindness() {
    return new Hold(hold.needed(), Duration.ZERO, List.of());
  }

  String id() {
    return asset().id() + "/" + rule.name();
  }

  /** Every input of its conditions. */
  List<Input> inputs() {
    var inputs = new ArrayList<>(when.inputs());
    inputs.addAll(clear.inputs());
    graver.forEach(step -> inputs.addAll(step.when().inputs()));
    return inputs;
  }

  /** When time alone may next change a condition, since boot; null when it cannot. */
  @Nullable Duration next(Memory memory) {
    long next = when.next(memory);
    if (!(clear instanceof Condition.Not(var other) && other.equals(when))) {
      next = Math.min(next, clear.next(memory));
    }
    for (var step : graver) {
      next = Math.min(next, step.when().next(memory));
    }
    return next == Window.NEVER ? null : Duration.ofNanos(next);
  }

  /** How grave its alarm is, as the standing has it. */
  Severity severity(Standing standing) {
    var worst = rule.course().severity();
    for (var step : rule.course().byTime().subList(0, standing.phase.stepsTaken())) {
      worst = worst(worst, step.severity());
    }
    for (int i = 0; i < graver.size(); i++) {
      if (standing.graver[i].phase().isUp()) {
        worst = worst(worst, graver.get(i).severity());
      }
    }
    return worst;
  }

  private static Severity worst(Severity one, Severity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The alarm as it is raised, of which nobody has heard. */
  Alarm alarm(Memory memory, Severity severity, Moment since, Duration held, List<Why> why) {
    return new Alarm(
        asset().id(),
        rule.name().text(),
        version,
        severity,
        Alarm.State.RAISED,
        rule.course().latch(),
        Alarm.Care.NONE,
        since,
        rule.course().hold(),
        why,
        Wording.of(rule, scope, memory, held),
        labels());
  }

  /** The inputs of a condition as they are; of two limits of one point those that are met. */
  static List<Why> why(Condition condition, Memory memory, Moment since) {
    var met = new HashSet<Point>();
    for (var input : condition.inputs()) {
      if (input.slot() instanceof Slot.OfPoint slot && isMet(input, memory)) {
        met.add(slot.point());
      }
    }
    var told = new LinkedHashMap<List<Object>, Why>();
    for (var input : condition.inputs()) {
      if (input.slot() instanceof Slot.Silent silent) {
        silent.last(memory).stream()
            .limit(LONGEST_CHAIN - told.size())
            .forEach(point -> told.putIfAbsent(List.of(point), unheard(point, memory, since)));
      }
      if (!(input.slot() instanceof Slot.OfPoint slot)) {
        continue;
      }
      var limit = input.limit();
      var point = slot.point();
      if (told.size() == LONGEST_CHAIN
          || (!isMet(input, memory) && met.contains(point) && slot instanceof Slot.Source)) {
        continue;
      }
      var number = limit == null ? null : limit.number();
      var link = new Why(point, slot.measure(), slot.in(memory), number, since, age(slot, memory));
      told.putIfAbsent(List.of(slot, limit == null ? "" : limit.number()), link);
    }
    return List.copyOf(told.values());
  }

  private static Why unheard(Point point, Memory memory, Moment since) {
    var age = age(new Slot.Observed(point), memory);
    return new Why(point, "silent", memory.points().observed(point), null, since, age);
  }

  /** How long ago its point was heard, or last ordered; null when it never was. */
  private static @Nullable Duration age(Slot.OfPoint slot, Memory memory) {
    long heard = memory.points().heard(slot.source());
    return heard == Window.NEVER ? null : Duration.ofNanos(memory.nanos() - heard);
  }

  private static boolean isMet(Input input, Memory memory) {
    return input.limit() != null && input.limit().test(input.slot().in(memory)) == Truth.TRUE;
  }

  private Map<String, String> labels() {
    var labels = new LinkedHashMap<>(asset().labels());
    labels.put("source", rule.telling().source());
    var matter = rule.telling().matter();
    if (matter != null) {
      labels.put("matter", matter.text());
    }
    if (!rule.telling().ref().isEmpty()) {
      labels.put("standardRef", rule.telling().ref());
    }
    return labels;
  }
}
