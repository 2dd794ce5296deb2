package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
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
  final Memory memory;
  final List<String> transcript = new ArrayList<>();
  private Duration now = Duration.ofSeconds(1);
  private Duration walls = Duration.ZERO;
  private ClockQuality clock = ClockQuality.SYNC;
  private @Nullable Duration wake;

  Day(Street street) {
    this(street, street.book().engine());
  }

  Day(Street street, Engine engine) {
    this.street = street;
    this.engine = engine;
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
    while (wake != null && wake.compareTo(until) <= 0) {
      now = wake;
      takes(engine.apply(memory, List.of(), List.of(), moment()));
    }
    now = until;
    return this;
  }

  Reading good(String point, Value value) {
    return Reading.good(street.point(point), value, moment(), Reading.Timing.RECEIPT);
  }

  Moment moment() {
    var steady = Street.at(now);
    return new Moment(steady.wall().plus(walls), clock, steady.sinceBoot());
  }

  Alarm alarm() {
    return memory.alarms().getFirst();
  }

  private Day hears(Reading reading) {
    return takes(engine.apply(memory, List.of(reading), List.of(), moment()));
  }

  private Day takes(Decided decided) {
    for (var event : decided.events()) {
      say(
          switch (event) {
            case Event.AlarmChanged(var at, var change, var alarm, var untold) ->
                "%s %s %s%s"
                    .formatted(
                        change.word(),
                        alarm.id(),
                        alarm.severity().word(),
                        untold == 0 ? "" : ", %d untold".formatted(untold));
            case Event.Health health -> "%s %s".formatted(health.what(), health.subject());
            case Event.Result result -> throw new AssertionError(result);
            case Event.Gap gap -> throw new AssertionError(gap);
            case Event.Clock clock -> throw new AssertionError(clock);
          });
    }
    for (var order : decided.orders()) {
      say("%s orders %s %s".formatted(order.issuer().word(), order.point(), order.value()));
    }
    wake = decided.wake();
    return this;
  }

  private void say(String what) {
    transcript.add(now.toMinutes() + "min " + what);
  }

  String told() {
    return transcript.stream().collect(Collectors.joining("\n"));
  }
}
