package org.kerbside.drivers.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

/**
 * What a sensor measures, before it has said anything.
 *
 * @param name as in {@link Sample#quantity}
 * @param unit that a number is told in; absent for flags and words
 * @param words that a state can be told as; empty for the others
 */
public record Quantity(String name, PointType type, @Nullable Unit unit, Set<String> words) {

  public Quantity {
    words = Set.copyOf(words);
  }

  public static Quantity number(String name, Unit unit) {
    return new Quantity(name, PointType.NUM, unit, Set.of());
  }

  public static Quantity flag(String name) {
    return new Quantity(name, PointType.FLAG, null, Set.of());
  }

  public static Quantity state(String name, Set<String> words) {
    return new Quantity(name, PointType.STATE, null, words);
  }

  /** Why it does not go into a point, as {@code is in m, here it is in Cel}; null where it does. */
  public @Nullable String misfit(Point point) {
    var spec = point.spec();
    return switch (type) {
      case NUM, COUNTER ->
          spec.type() != PointType.NUM && spec.type() != PointType.COUNTER
              ? "is no number"
              : fits(point.unit())
                  ? null
                  : "is in %s, here it is in %s".formatted(point.unit(), unit);
      case FLAG -> spec.type() == PointType.FLAG ? null : "is no flag";
      case STATE ->
          spec.type() == PointType.STATE && spec.words().containsAll(words)
              ? null
              : "has no such words: it has %s".formatted(spec.words());
    };
  }

  /** A gas told as a share of the air is screened into a mass. */
  private boolean fits(Unit wanted) {
    return unit == null
        || unit.fits(wanted)
        || (unit.equals(Unit.PPM) && wanted.equals(Unit.MICROGRAM));
  }
}
