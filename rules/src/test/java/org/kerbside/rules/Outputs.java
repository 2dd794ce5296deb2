package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * The programmes of a street under way, and a hand on its clock. The desk does what they say, as
 * long as nobody forbids it.
 */
final class Outputs {

  private static final Duration UP = Duration.ofHours(1);

  private final Street street;
  private final RuleBook book;
  private final Memory rules;
  private final Programmes.Memory memory;
  private Moment now;
  private Plan plan;

  /**
   * What was told, with the local time: {@code 02:30 zone-1 lawn-drip, its reason to skip holds}.
   */
  final List<String> told = new ArrayList<>();

  /** Every value from the time on at which it was ordered first: {@code zone-1/valve 02:30 1.0}. */
  final List<String> steps = new ArrayList<>();

  private final Map<String, Double> values = new TreeMap<>();
  boolean isObeyed = true;

  Outputs(Street street, String local) {
    this(street, street.book(), local);
    assertThat(street.mistakes.all()).isEmpty();
  }

  /** The same programmes, begun anew. */
  Outputs anew(String local) {
    return new Outputs(street, book, local);
  }

  private Outputs(Street street, RuleBook book, String local) {
    this(street, book, new Note(), new Moment(instant(local), ClockQuality.SYNC, UP));
  }

  private Outputs(Street street, RuleBook book, Note note, Moment then) {
    this.street = street;
    this.book = book;
    rules = book.engine().start();
    now = new Moment(then.wall(), then.clock(), UP);
    memory = book.programmes().recall(note, now);
    plan = decide();
  }

  private static Instant instant(String local) {
    return LocalDateTime.parse(local).atZone(zone()).toInstant();
  }

  private static ZoneId zone() {
    return Street.SITE.zone();
  }

  /** The process dies, another one comes later. */
  Outputs restarts(Duration later) {
    var next = new Outputs(street, book, book.programmes().note(memory), now.plus(later));
    next.told.addAll(told);
    return next;
  }

  Outputs clock(ClockQuality clock) {
    now = new Moment(now.wall(), clock, now.sinceBoot());
    plan = decide();
    return this;
  }

  /** The wall clock is set; the time since boot goes on. */
  Outputs jumps(Duration by) {
    now = new Moment(now.wall().plus(by), now.clock(), now.sinceBoot());
    plan = decide();
    return this;
  }

  /** Lets the time pass, waking as the plan says. */
  Outputs until(String local) {
    return passes(Duration.between(now.wall(), instant(local)));
  }

  Outputs passes(Duration time) {
    var end = now.plus(time);
    while (plan.wake().compareTo(end.sinceBoot()) < 0) {
      var wait = plan.wake().minus(now.sinceBoot());
      assertThat(wait).as("to be asked again at once").isPositive();
      now = now.plus(wait);
      plan = decide();
    }
    now = end;
    plan = decide();
    return this;
  }

  Outputs shows(String point, double number) {
    return hears(
        Reading.good(street.point(point), new Value.Num(number), now, Reading.Timing.RECEIPT));
  }

  Outputs shows(String point, double number, Reason doubt) {
    return hears(
        Reading.good(street.point(point), new Value.Num(number), now, Reading.Timing.RECEIPT)
            .doubted(doubt));
  }

  Outputs falls(String point) {
    return hears(Reading.bad(street.point(point), Reason.STALE, now, Reading.Timing.RECEIPT));
  }

  private Outputs hears(Reading reading) {
    book.engine().apply(rules, List.of(reading), List.of(), now);
    book.programmes().hear(memory, reading);
    if (memory.isAsked()) {
      plan = decide();
    }
    return this;
  }

  private Plan decide() {
    var made = book.programmes().decide(memory, rules, now);
    note(made);
    var heard = new ArrayList<Ordered>();
    for (var order : made.orders()) {
      heard.add(new Ordered(order.point(), isObeyed ? order.value() : new Value.Num(0)));
    }
    book.engine().apply(rules, List.of(), heard, now);
    return made;
  }

  private void note(Plan made) {
    var time = now.wall().atZone(zone()).toLocalTime();
    for (var event : made.events()) {
      if (event instanceof Event.Health(var at, var what, var subject, var detail)) {
        told.add("%s %s %s".formatted(time, subject, String.join(", ", detail)));
      }
    }
    for (var order : made.orders()) {
      double value = order.value() instanceof Value.Num(var n) ? n : Double.NaN;
      Double before = values.put(order.point().toString(), value);
      if (before == null || before != value) {
        steps.add("%s %s %s".formatted(order.point(), time, value));
      }
    }
  }

  /** What is ordered now. */
  double value(String point) {
    return values.getOrDefault(point, Double.NaN);
  }

  Map<String, Double> values() {
    return values;
  }
}
