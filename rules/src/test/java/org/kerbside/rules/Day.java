package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * A feed into an engine, told as a transcript: {@code 10min raised bin-2/bin-overflow alarm}. Time
 * goes on by itself from deadline to deadline, as control would wait for them.
 */
final class Day {

  final Street street;
  final Engine engine;
  private final Recollection recollection;
  Memory memory;
  final List<String> transcript = new ArrayList<>();
  private Duration now = Duration.ofSeconds(1);
  private Duration walls = Duration.ZERO;
  private Duration boot = Duration.ZERO; // on the day's scale: when the process started
  private ClockQuality clock = ClockQuality.SYNC;
  private @Nullable Duration wake;

  Day(Street street) {
    this(street, street.book());
  }

  private Day(Street street, RuleBook book) {
    this(street, book.engine(), book.recollection());
  }

  Day(Street street, Engine engine) {
    this(street, engine, new Recollection(List.of(), List.of(), engine));
  }

  private Day(Street street, Engine engine, Recollection recollection) {
    this.street = street;
    this.engine = engine;
    this.recollection = recollection;
    if (street.mistakes.hasErrors()) {
      throw new IllegalStateException(street.mistakes.all().toString());
    }
    this.memory = engine.start();
  }

  Day is(String point, double number) {
    return hears(good(point, new Value.Num(number)));
  }

  Day is(String point) {
    return hears(good(point, Value.Flag.TRUE));
  }

  Day isNot(String point) {
    return hears(good(point, Value.Flag.FALSE));
  }

  Day isStale(String point) {
    return hears(Reading.bad(street.point(point), Reason.STALE, moment(), Reading.Timing.RECEIPT));
  }

  Day orders(String point, @Nullable Value value) {
    return takes(
        engine.apply(
            memory, List.of(), List.of(new Ordered(street.point(point), value)), moment()));
  }

  /** Somebody holds an output, or nobody. */
  Day holds(String point, @Nullable Issuer issuer) {
    var owner = issuer == null ? null : new Owner(issuer, "somebody", Value.Flag.TRUE, null);
    var turn = engine.turn(memory, moment());
    turn.hold(owner == null ? Map.of() : Map.of(street.point(point).index(), owner));
    return takes(turn.end());
  }

  /** A command from the crew. */
  Outcome crew(String op, String target, @Nullable Duration lease) {
    return does(Issuer.CREW, "crew:4711", op, target, lease);
  }

  /** A command from the city. */
  Outcome city(String op, String target, @Nullable Duration lease) {
    return does(Issuer.CITY, "dispatch:zhang", op, target, lease);
  }

  private Outcome does(
      Issuer issuer, String by, String op, String target, @Nullable Duration lease) {
    var command = new Command("c", op, target, null, issuer, by, "as told", null, null, lease, "f");
    return does(command);
  }

  Outcome does(Command command) {
    var turn = engine.turn(memory, moment());
    var outcome = turn.handle(command);
    takes(turn.end());
    return outcome;
  }

  /** The wall clock is set; nobody's watch runs differently for it. */
  Day wallJumps(Duration by) {
    walls = walls.plus(by);
    return this;
  }

  /** Nobody knows what time it is, until the end of the day. */
  Day clockIsLost() {
    clock = ClockQuality.NONE;
    return this;
  }

  Day passes(int minutes) {
    var until = now.plusMinutes(minutes);
    takes(engine.apply(memory, List.of(), List.of(), moment()));
    while (wake != null && wake.plus(boot).compareTo(until) <= 0) {
      now = wake.plus(boot);
      takes(engine.apply(memory, List.of(), List.of(), moment()));
    }
    now = until;
    return this;
  }

  /** A new process takes over within the instant, and has heard all that the old one had. */
  Day handsOver() {
    var note = recollection.note(memory);
    var shift = boot.minus(now);
    boot = now;
    return goesOnWith(recollection.recall(note, new Bridge(shift, moment())));
  }

  /** A process ends, and a new one starts after a while in which nobody listened. */
  Day restarts(int minutesLater) {
    return restarts(street, minutesLater);
  }

  /** Likewise, with another site; the day is its from then on. */
  Day restarts(Street changed, int minutesLater) {
    var note = recollection.note(memory);
    var next = new Day(changed);
    next.transcript.addAll(transcript);
    next.now = now.plusMinutes(minutesLater);
    next.walls = walls;
    next.boot = next.now;
    var started = next.moment();
    next.goesOnWith(next.recollection.recall(note, new Bridge(boot.minus(now), started)));
    next.recollection
        .resume(next.memory, started, Duration.ofMinutes(minutesLater))
        .forEach(next::say);
    next.wake = next.memory.wake();
    return next;
  }

  private Day goesOnWith(Recollection.Recalled recalled) {
    memory = recalled.memory();
    return takes(new Decided(recalled.events(), List.of(), memory.wake()));
  }

  Reading good(String point, Value value) {
    return Reading.good(street.point(point), value, moment(), Reading.Timing.RECEIPT);
  }

  Moment moment() {
    var steady = Street.at(now);
    return new Moment(steady.wall().plus(walls), clock, now.minus(boot));
  }

  Alarm alarm() {
    return memory.alarms().getFirst();
  }

  private Day hears(Reading reading) {
    return takes(engine.apply(memory, List.of(reading), List.of(), moment()));
  }

  private Day takes(Decided decided) {
    for (var event : decided.events()) {
      if (event instanceof Event.Kpi) {
        continue; // The day's figures have tests of their own.
      }
      say(
          switch (event) {
            case Event.AlarmChanged changed -> said(changed);
            case Event.Audit(var at, var what, var asset, var act) ->
                "%s %s%s".formatted(what, asset, act == null ? "" : " by " + act.by());
            case Event.Health health -> "%s %s".formatted(health.what(), health.subject());
            case Event.Result result -> throw new AssertionError(result);
            case Event.Gap gap -> throw new AssertionError(gap);
            case Event.Commission learned -> throw new AssertionError(learned);
            case Event.Clock clock -> throw new AssertionError(clock);
            case Event.Kpi kpi -> throw new AssertionError(kpi);
          });
    }
    decided.orders().forEach(this::say);
    wake = decided.wake();
    return this;
  }

  private static String said(Event.AlarmChanged changed) {
    var alarm = changed.alarm();
    var said =
        new StringBuilder(
            "%s %s %s".formatted(changed.change().word(), alarm.id(), alarm.severity().word()));
    var act = changed.act();
    if (act != null) {
      said.append(" by ").append(act.by());
    }
    if (alarm.state() == Alarm.State.LATCHED
        && changed.change() == Event.AlarmChanged.Change.UPDATED) {
      said.append(", latched");
    }
    if (alarm.care().cause() != null) {
      said.append(", caused by ").append(alarm.care().cause());
    }
    if (!changed.effects().isEmpty()) {
      said.append(", explains ").append(changed.effects().size());
    }
    if (changed.untold() > 0) {
      said.append(", ").append(changed.untold()).append(" untold");
    }
    return said.toString();
  }

  private void say(Order order) {
    say("%s orders %s %s".formatted(order.issuer().word(), order.point(), order.value()));
  }

  private void say(String what) {
    transcript.add(now.toMinutes() + "min " + what);
  }

  String told() {
    return transcript.stream().collect(Collectors.joining("\n"));
  }
}
