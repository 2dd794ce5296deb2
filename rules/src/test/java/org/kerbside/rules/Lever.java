package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * What a rule can be moved by: one point of an asset, or the same point of all its children; or
 * what people say that they did. Its moves come from the limits that the rule's own conditions hold
 * it against.
 *
 * @param slots the sources, alike but for their asset; or the one deed
 * @param limits of the value itself, ascending
 * @param changes that windows over it are held against
 * @param far a number beyond all that the rule names
 * @param later when it changes, if it does
 */
record Lever(
    List<Slot.Single> slots, List<Double> limits, Set<Double> changes, double far, Duration later) {

  private static final double NEAR = 0.01; // of a limit: so far above or below it

  /** What a lever does over time. */
  sealed interface Move {

    /** Says nothing. */
    record Absent() implements Move {}

    record Steady(Value value) implements Move {}

    /** Another value after so long. */
    record Step(Value before, Value after, Duration at) implements Move {}

    /** Back and forth, forty times. */
    record Flap(Value one, Value other) implements Move {}
  }

  static List<Lever> of(Watch watch) {
    var keys = new LinkedHashSet<String>();
    watch.inputs().forEach(input -> keys.add(key(input)));
    keys.remove("");
    return keys.stream().map(key -> of(watch, key)).toList();
  }

  private static Lever of(Watch watch, String key) {
    var slots = new LinkedHashSet<Slot.Single>();
    var limits = new TreeSet<Double>();
    var changes = new TreeSet<Double>();
    for (var input : watch.inputs()) {
      if (key.equals(key(input))
          && input.slot() instanceof Slot.OfPoint one
          && !(one instanceof Slot.Doubt)) {
        slots.add(one.source());
        if (input.limit() != null) {
          (one instanceof Slot.Source ? limits : changes).add(input.limit().number());
        } else if (!(one instanceof Slot.Source)) {
          changes.add(1.0);
        }
      } else if (key.equals(key(input)) && slots.isEmpty()) {
        slots.add(input.slot());
      }
    }
    return new Lever(
        List.copyOf(slots), List.copyOf(limits), changes, far(watch, slots), later(watch));
  }

  /** Ten times the greatest parameter in its unit, where sums are held against one of them. */
  private static double far(Watch watch, Set<Slot.Single> slots) {
    var limits = new TreeSet<Double>();
    watch.inputs().forEach(input -> limits.add(input.limit() == null ? 0 : input.limit().number()));
    boolean isSum =
        watch.rule().parameters().values().stream()
            .anyMatch(parameter -> !limits.contains(parameter.number()));
    return !isSum ? Double.NaN : greatest(watch, slots);
  }

  private static double greatest(Watch watch, Set<Slot.Single> slots) {
    return watch.rule().parameters().values().stream()
        .filter(
            parameter ->
                slots.stream()
                    .flatMap(Lever::point)
                    .anyMatch(point -> point.unit().equals(parameter.unit())))
        .mapToDouble(parameter -> 10 * Math.abs(parameter.number()))
        .max()
        .orElse(Double.NaN);
  }

  /** What is compared night by night changes after the first. */
  private static Duration later(Watch watch) {
    boolean isNightly =
        watch.inputs().stream()
            .anyMatch(
                input ->
                    input.slot() instanceof Slot.Windowed window
                        && window.length() instanceof Length.Hours);
    return isNightly ? Duration.ofHours(20) : Duration.ofMinutes(10);
  }

  private static String key(Input input) {
    if (input.slot() instanceof Slot.Did(var deed, var length)) {
      return deed;
    }
    if (input.slot() instanceof Slot.Doubt(var source)) {
      return "doubt " + source.point();
    }
    if (!(input.slot() instanceof Slot.OfPoint one)) {
      return "";
    }
    var source = one.source();
    return source.getClass().getSimpleName()
        + source.point().id().asset().replaceAll("-\\d+$", "")
        + source.point().name();
  }

  PointSpec spec() {
    return points().getFirst().spec();
  }

  private boolean isDoubt() {
    return slots.getFirst() instanceof Slot.Doubt;
  }

  private boolean isDeed() {
    return slots.getFirst() instanceof Slot.Did;
  }

  boolean isOrdered() {
    return slots.getFirst() instanceof Slot.Commanded;
  }

  /** Steady ones first, the plainest first. */
  List<Move> moves() {
    var moves = new ArrayList<Move>();
    var values = values();
    if (isDeed()) {
      return List.of(new Move.Absent(), new Move.Steady(values.getFirst()));
    }
    values.forEach(value -> moves.add(new Move.Steady(value)));
    moves.add(new Move.Absent());
    if (!changes.isEmpty()) {
      var one = values.getFirst();
      var other = values.getLast();
      moves.add(new Move.Flap(one, other));
      moves.add(new Move.Step(one, other, later));
      moves.add(new Move.Step(other, one, later));
      for (double change : changes) {
        if (one instanceof Value.Num(var number)) {
          moves.add(step(number, number + change * 1.2));
          moves.add(step(number, number - change * 1.2));
        }
        for (var value : values) {
          if (value instanceof Value.Num(var number)) {
            moves.add(step(number + Math.abs(change) * 1.2, number));
          }
        }
      }
    }
    return moves;
  }

  private Move step(double from, double to) {
    return new Move.Step(new Value.Num(from), new Value.Num(to), later);
  }

  List<Value> values() {
    if (isDeed()) {
      return List.of(Value.Flag.TRUE);
    }
    if (isDoubt()) {
      return Stream.of("", "stuck", "no echo", "condensation", "rate", "one input")
          .<Value>map(Value.State::new)
          .toList();
    }
    return switch (spec().type()) {
      case FLAG -> List.of(Value.Flag.TRUE, Value.Flag.FALSE);
      case STATE -> spec().words().stream().<Value>map(Value.State::new).toList();
      case NUM, COUNTER -> numbers().stream().<Value>map(Value.Num::new).toList();
    };
  }

  /** Each limit, and what is just below and just above it. */
  private List<Double> numbers() {
    var numbers = new TreeSet<Double>();
    for (double limit : limits) {
      double step = step(limit);
      numbers.add(limit - step);
      numbers.add(limit);
      numbers.add(limit + step);
    }
    numbers.removeIf(number -> number < spec().min() || number > spec().max());
    if (numbers.isEmpty()) {
      numbers.add((Math.max(spec().min(), 0) + Math.min(spec().max(), 2)) / 2);
    }
    if (far <= spec().max()) {
      numbers.add(far);
    }
    return List.copyOf(numbers);
  }

  /** The nearest value that meets a limit. */
  static double inside(Input.Limit limit) {
    double step = step(limit.number());
    return switch (limit.sign()) {
      case LESS -> limit.number() - step;
      case MORE, OTHER -> limit.number() + step;
      case AT_MOST, AT_LEAST, EQUAL -> limit.number();
    };
  }

  /** The nearest value that does not. */
  static double outside(Input.Limit limit) {
    double step = step(limit.number());
    return switch (limit.sign()) {
      case LESS, MORE, OTHER -> limit.number();
      case AT_MOST, EQUAL -> limit.number() + step;
      case AT_LEAST -> limit.number() - step;
    };
  }

  private static double step(double limit) {
    return limit == 0 ? NEAR : Math.abs(limit) * NEAR;
  }

  /** What happens when it moves so, beginning at a time. */
  List<Happening> happenings(Move move, Duration at) {
    var happenings = new ArrayList<Happening>();
    for (var slot : slots) {
      switch (move) {
        case Move.Absent() -> {}
        case Move.Steady(var value) -> happenings.add(happening(at, slot, value));
        case Move.Step(var before, var after, var later) -> {
          happenings.add(happening(at, slot, before));
          happenings.add(happening(at.plus(later), slot, after));
        }
        case Move.Flap(var one, var other) -> {
          for (int i = 0; i < 40; i++) {
            happenings.add(happening(at.plusSeconds(15L * i), slot, i % 2 == 0 ? one : other));
          }
        }
      }
    }
    return happenings;
  }

  private static Happening happening(Duration at, Slot.Single slot, Value value) {
    return switch (slot) {
      case Slot.Did(var deed, var length) -> did(at, deed);
      case Slot.Commanded(var point) -> new Happening.Told(at, point, value);
      case Slot.Doubt(var source) when value instanceof Value.State(var reason) ->
          new Happening.Heard(at, source.point(), new Value.Num(.2), quality(reason));
      case Slot.Observed(var point) -> new Happening.Heard(at, point, value, Quality.GOOD);
      default -> throw new IllegalStateException("nobody moves " + slot);
    };
  }

  private static Quality quality(String reason) {
    return reason.isEmpty() ? Quality.GOOD : new Quality.Uncertain(new Reason(reason));
  }

  private static Happening did(Duration at, String deed) {
    int cut = deed.indexOf('/');
    var word = new Value.State(deed.substring(cut + 1));
    var asset = deed.substring(0, cut);
    return new Happening.Acted(
        at,
        new Command("d", "did", asset, word, Issuer.CREW, "crew:4711", "", null, null, null, "f"));
  }

  /** Nobody knows it any more. An order is always known. */
  List<Happening> lost(Duration at) {
    return isOrdered() || isDeed()
        ? List.of()
        : points().stream()
            .<Happening>map(
                point -> new Happening.Heard(at, point, null, new Quality.Bad(Reason.STALE)))
            .toList();
  }

  private List<Point> points() {
    return slots.stream().flatMap(Lever::point).toList();
  }

  private static Stream<Point> point(Slot.Single slot) {
    return slot instanceof Slot.OfPoint one ? Stream.of(one.point()) : Stream.of();
  }
}
