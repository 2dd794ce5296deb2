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
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Why;

/** One rule on one asset, ready to run. */
record Watch(
    Rule rule,
    String version,
    Scope scope,
    Condition when,
    Condition clear,
    Hold hold,
    List<Order> orders) {

  private static final int LONGEST_CHAIN = 16;

  Watch {
    orders = List.copyOf(orders);
  }

  Asset asset() {
    return scope.asset();
  }

  /** Every input of both conditions. */
  List<Input> inputs() {
    var inputs = new ArrayList<>(when.inputs());
    inputs.addAll(clear.inputs());
    return inputs;
  }

  /** When time alone may next change a condition, since boot; null when it cannot. */
  @Nullable Duration next(Memory memory) {
    long next = Math.min(when.next(memory), clear.next(memory));
    return next == Window.NEVER ? null : Duration.ofNanos(next);
  }

  Severity severity(int step) {
    var course = rule.course();
    return step == 0 ? course.severity() : course.escalate().get(step - 1).severity();
  }

  /** What is ordered no longer, once the alarm is gone. */
  List<Order> releases() {
    return orders.stream()
        .map(order -> new Order(order.point(), null, order.issuer(), order.by()))
        .toList();
  }

  Alarm alarm(Memory memory, int step, Moment since, Duration held, List<Why> why) {
    return new Alarm(
        asset().id(),
        rule.name().text(),
        version,
        severity(step),
        since,
        Alarm.Acknowledged.NO,
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
      if (!(input.slot() instanceof Slot.OfPoint slot)) {
        continue;
      }
      var limit = input.limit();
      var point = slot.point();
      if (told.size() == LONGEST_CHAIN
          || (limit != null && !isMet(input, memory) && met.contains(point))) {
        continue;
      }
      var link =
          new Why(
              point, slot.measure(), slot.in(memory), limit == null ? null : limit.number(), since);
      told.putIfAbsent(List.of(slot, limit == null ? "" : limit.number()), link);
    }
    return List.copyOf(told.values());
  }

  private static boolean isMet(Input input, Memory memory) {
    return input.limit() != null && input.limit().test(input.slot().in(memory)) == Truth.TRUE;
  }

  private Map<String, String> labels() {
    var labels = new LinkedHashMap<>(asset().labels());
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
