package org.kerbside.rules;

import static java.util.Comparator.comparingLong;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/** Where a name of a condition finds its value. */
sealed interface Slot {

  /** One value. */
  sealed interface Single extends Slot {

    /** Absent while unknown. */
    @Nullable Value in(Memory memory);

    /** Its number; NaN while unknown, and where it is none. */
    default double number(Memory memory) {
      return in(memory) instanceof Value.Num(var number) ? number : Double.NaN;
    }

    default boolean isKnown(Memory memory) {
      return in(memory) != null;
    }
  }

  /** One value that time alone can change. */
  sealed interface Timed extends Single {

    /**
     * When it, or how it stands to the limit, may next change by time alone, ns since boot; {@link
     * Window#NEVER} when it does not.
     */
    long next(Memory memory, Input.@Nullable Limit limit);

    /** Whether it changes all the time, so that only a limit says when to look. */
    default boolean needsLimit() {
      return false;
    }

    /** Whether a clock that is set changes it. */
    default boolean isCivil() {
      return false;
    }
  }

  /** What follows from one point. */
  sealed interface OfPoint extends Single {

    Source source();

    default Point point() {
      return source().point();
    }

    /** Whether a reading of the point may change it, and not only the time. */
    default boolean isByReading() {
      return true;
    }

    /** What of the point it tells, for the why-chain; null for the value itself. */
    default @Nullable String measure() {
      return null;
    }
  }

  /** What one point holds. */
  sealed interface Source extends OfPoint {

    @Override
    Point point();

    @Override
    default Source source() {
      return this;
    }
  }

  /** What was last observed. */
  record Observed(Point point) implements Source {
    @Override
    public @Nullable Value in(Memory memory) {
      return memory.points().observed(point);
    }
  }

  /** What the desk last ordered. */
  record Commanded(Point point) implements Source {
    @Override
    public @Nullable Value in(Memory memory) {
      return memory.points().ordered(point);
    }
  }

  /** What a point did over a length of time. */
  record Windowed(Measure what, Source source, Length length, int number)
      implements OfPoint, Timed {
    @Override
    public @Nullable Value in(Memory memory) {
      double value = number(memory);
      return Double.isNaN(value) ? null : new Value.Num(value);
    }

    @Override
    public double number(Memory memory) {
      double current = Windows.number(source.in(memory), source.point());
      return memory.windows().at(number).value(what, memory.nanos(), current);
    }

    @Override
    public boolean isKnown(Memory memory) {
      return !Double.isNaN(number(memory));
    }

    @Override
    public String measure() {
      boolean isLearned = length instanceof Length.Open;
      return (isLearned ? "learned" : what.word()) + " " + length.written();
    }

    @Override
    public boolean isByReading() {
      return !(length instanceof Length.Yesterday || length instanceof Length.Hours);
    }

    @Override
    public long next(Memory memory, Input.@Nullable Limit limit) {
      return memory.windows().at(number).next(what, memory.nanos(), memory.midnight());
    }

    @Override
    public boolean isCivil() {
      return length.isCivil();
    }
  }

  /**
   * Whether people said that they did something.
   *
   * @param deed as {@link Deed#of(Asset)} names it
   */
  record Did(String deed, Length.Sayable length) implements Timed {
    @Override
    public @Nullable Value in(Memory memory) {
      return memory.deeds().said(deed, length, memory.nanos());
    }

    @Override
    public long next(Memory memory, Input.@Nullable Limit limit) {
      return memory.deeds().next(deed, length, memory.nanos(), memory.midnight());
    }

    @Override
    public boolean isCivil() {
      return length.isCivil();
    }
  }

  /** The share of a figure's last day that was good; unknown where the figure is not valid. */
  record Figure(String kpi) implements Single {
    @Override
    public @Nullable Value in(Memory memory) {
      return memory.books().share(kpi);
    }
  }

  /** How long ago a point last spoke and was known, in seconds. */
  record Age(Source source) implements OfPoint, Timed {
    @Override
    public @Nullable Value in(Memory memory) {
      long heard = memory.points().heard(source);
      return heard == Window.NEVER ? null : new Value.Num((memory.nanos() - heard) / 1e9);
    }

    @Override
    public String measure() {
      return "age";
    }

    @Override
    public boolean needsLimit() {
      return true;
    }

    @Override
    public long next(Memory memory, Input.@Nullable Limit limit) {
      long heard = memory.points().heard(source);
      if (heard == Window.NEVER || limit == null) {
        return Window.NEVER;
      }
      long reached = heard + Math.round(limit.number() * 1e9);
      return reached > memory.nanos()
          ? reached
          : reached == memory.nanos() ? reached + 1 : Window.NEVER;
    }
  }

  /** Why a point is less than good, as a word; an empty one while it is good. */
  record Doubt(Source source) implements OfPoint {
    @Override
    public @Nullable Value in(Memory memory) {
      return memory.points().doubt(source.point());
    }

    @Override
    public String measure() {
      return "doubt";
    }
  }

  /** What sun and calendar say. */
  record Asks(Civil question) implements Timed {
    @Override
    public @Nullable Value in(Memory memory) {
      var wall = memory.wall();
      return wall == null ? null : question.at(wall, memory.almanac());
    }

    @Override
    public boolean isCivil() {
      return true;
    }

    @Override
    public boolean needsLimit() {
      return question instanceof Civil.Elevation;
    }

    @Override
    public long next(Memory memory, Input.@Nullable Limit limit) {
      var wall = memory.wall();
      if (wall == null) {
        return Window.NEVER;
      }
      var next = question.next(wall, memory.almanac(), limit);
      return next.equals(Instant.MAX)
          ? Window.NEVER
          : memory.nanos() + Duration.between(wall, next).toNanos();
    }
  }

  /** A word of the asset's own: auto, manual, maintenance. */
  record Mode(Asset asset) implements Single {
    @Override
    public Value in(Memory memory) {
      return new Value.State(memory.mode(asset));
    }
  }

  /**
   * Whether its device, or the bus, says nothing at all any more.
   *
   * @param whole the assets that are silent when it is: itself, or those on the bus
   */
  record Silent(Asset asset, List<Asset> whole) implements Single {
    public Silent {
      whole = List.copyOf(whole);
    }

    @Override
    public @Nullable Value in(Memory memory) {
      return memory.silent(asset.id());
    }

    /** Of each of them the point that was heard last; those that never were are left out. */
    List<Point> last(Memory memory) {
      return whole.stream()
          .flatMap(
              one ->
                  one.points().stream()
                      .filter(point -> memory.points().heard(new Observed(point)) != Window.NEVER)
                      .max(comparingLong(point -> memory.points().heard(new Observed(point))))
                      .stream())
          .toList();
    }
  }

  /** What a rule that ships may name and this site does not have: never known. */
  record Absent() implements Single {
    @Override
    public @Nullable Value in(Memory memory) {
      return null;
    }
  }

  /** A parameter of the rule, in its kept unit. */
  record Parameter(double number) implements Slot {}

  /** Whether another slot is known. */
  record Known(Single of) implements Slot {}

  /** Assets of one kind: those below this one, or all of the site. */
  record Listed(String kind, List<Member> members) implements Slot {
    public Listed {
      members = List.copyOf(members);
    }
  }

  /** One asset of a list, its points by name. */
  record Member(Map<String, Point> points) {
    public Member {
      points = Map.copyOf(points);
    }
  }
}
