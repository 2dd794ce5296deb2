package org.kerbside.rules;

import static org.kerbside.gateway.model.Reason.SILENT;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Speech;
import org.kerbside.gateway.model.Value;

/**
 * Rules run without a gateway: happenings in, lines out. Time goes from deadline to deadline, as
 * control would wait for them; the same happenings give the same lines.
 *
 * <p>Between a rule's order and the rules stands the plainest of desks: the highest issuer keeps
 * the output at once. Interlocks are the real desk's affair.
 */
public final class Rehearsal {

  /** How long rules are watched after the last happening, where nobody says. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Duration BOOT = Duration.ofMinutes(1); // what the start is since boot

  private final Engine engine;
  private final Recollection recollection;
  private final BiFunction<List<Reading>, Moment, List<Reading>> derive;
  private final ZonedDateTime start;
  private final Transcript transcript;
  private final Map<Point, Map<Issuer, Value>> wanted = new LinkedHashMap<>();
  private Memory memory;
  private Duration boot = Duration.ZERO.minus(BOOT); // when the process started
  private Duration now = Duration.ZERO;
  private Duration walls = Duration.ZERO;
  private ClockQuality clock = ClockQuality.SYNC;
  private @Nullable Duration wake;

  /**
   * @param derive what follows from what devices say, the readings themselves first
   */
  public Rehearsal(
      RuleBook rules,
      BiFunction<List<Reading>, Moment, List<Reading>> derive,
      ZonedDateTime start) {
    this(rules.engine(), rules.recollection(), derive, start);
  }

  Rehearsal(
      Engine engine,
      Recollection recollection,
      BiFunction<List<Reading>, Moment, List<Reading>> derive,
      ZonedDateTime start) {
    this.engine = engine;
    this.recollection = recollection;
    this.memory = engine.start();
    this.derive = derive;
    this.start = start;
    this.transcript = new Transcript(start);
  }

  /**
   * Lets everything happen and tells what came of it. A day's figures are told only where somebody
   * says how long to watch: some day always closes.
   *
   * @param until how long; absent: until nothing waits any more
   */
  public List<String> run(List<Happening> feed, @Nullable Duration until) {
    for (var happening : Happening.inOrder(feed)) {
      pass(happening.at());
      happen(happening);
    }
    pass(until == null ? now.plus(LONGEST) : until);
    return until == null ? transcript.linesWithoutFigures() : transcript.lines();
  }

  List<Transcript.Entry> entries() {
    return transcript.entries();
  }

  private void pass(Duration until) {
    while (wake != null && wake.plus(boot).compareTo(until) <= 0) {
      var due = wake.plus(boot);
      now = due.compareTo(now) > 0 ? due : now;
      look();
    }
    now = until.compareTo(now) > 0 ? until : now;
  }

  /** A turn in which nothing is heard. */
  private void look() {
    take(engine.apply(memory, List.of(), List.of(), moment()));
  }

  private void happen(Happening happening) {
    switch (happening) {
      case Happening.Heard heard -> hear(heard);
      case Happening.Told(var at, var point, var value) -> want(point, Issuer.PROGRAMME, value);
      case Happening.Fell(var at, var asset, var state) -> fall(asset, state);
      case Happening.Acted(var at, var command) -> act(command);
      case Happening.Down(var at, var length) -> down(length);
      case Happening.ClockStep(var at, var by) -> {
        walls = walls.plus(by);
        look();
      }
      case Happening.ClockTrust(var at, var quality) -> {
        clock = quality;
        look();
      }
    }
  }

  private void hear(Happening.Heard heard) {
    var reading =
        new Reading(
            heard.point(), heard.value(), heard.quality(), moment(), Reading.Timing.RECEIPT);
    for (var told : derive.apply(List.of(reading), moment())) {
      take(engine.apply(memory, List.of(told), List.of(), moment()));
    }
  }

  /** Who is silent takes his points along; who speaks again says them one by one. */
  private void fall(Asset asset, Speech.State state) {
    var turn = engine.turn(memory, moment());
    if (state == Speech.State.SILENT) {
      asset.points().stream()
          .filter(point -> memory.points().observed(point) != null)
          .map(point -> Reading.bad(point, SILENT, moment(), Reading.Timing.RECEIPT))
          .forEach(turn::hear);
    }
    turn.hear(new Speech(asset.id(), state));
    take(turn.end());
  }

  private void act(Command command) {
    var turn = engine.turn(memory, moment());
    if (turn.handle(command) instanceof Outcome.Rejected(var reason)) {
      transcript.tell(now, "rejected %s %s: %s".formatted(command.op(), command.point(), reason));
    }
    take(turn.end());
  }

  /** A process ends, and a new one begins with what the old one noted. */
  private void down(Duration length) {
    look();
    var note = recollection.note(memory);
    var old = boot;
    var ended = now;
    now = now.plus(length);
    boot = now.minus(BOOT);
    var bridge = new Bridge(old.minus(ended).plus(BOOT), moment());
    var recalled = recollection.recall(note, bridge);
    memory = recalled.memory();
    transcript.tell(now, new Decided(recalled.events(), List.of(), null));
    recollection.resume(memory, moment(), length).forEach(this::want);
    wake = memory.wake();
    wanted.forEach((point, all) -> tell(point, first(all)));
  }

  private void take(Decided decided) {
    transcript.tell(now, decided);
    wake = decided.wake();
    decided.orders().forEach(this::want);
  }

  private void want(Order order) {
    want(order.point(), order.issuer(), order.value());
  }

  private void want(Point point, Issuer issuer, @Nullable Value value) {
    var all = wanted.computeIfAbsent(point, key -> new EnumMap<>(Issuer.class));
    var before = first(all);
    if (value == null) {
      all.remove(issuer);
    } else {
      all.put(issuer, value);
    }
    var after = first(all);
    if (!Objects.equals(before, after)) {
      tell(point, after);
    }
  }

  private void tell(Point point, @Nullable Value value) {
    take(engine.apply(memory, List.of(), List.of(new Ordered(point, value)), moment()));
  }

  private static @Nullable Value first(Map<Issuer, Value> wanted) {
    return wanted.values().stream().findFirst().orElse(null);
  }

  private Moment moment() {
    return new Moment(start.toInstant().plus(now).plus(walls), clock, now.minus(boot));
  }
}
