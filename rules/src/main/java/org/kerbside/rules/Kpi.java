package org.kerbside.rules;

import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/**
 * A figure that is closed once a day, over every asset of a kind. What nobody knows is counted
 * apart, neither good nor bad.
 *
 * @param closes when its day ends, by the site's clock
 * @param limit what the city asks for: a share from 0 to 1, or cubic metres of a sum; absent: none
 * @param parts one for each asset
 */
record Kpi(String name, LocalTime closes, @Nullable Double limit, String source, List<Part> parts) {

  Kpi {
    parts = List.copyOf(parts);
  }

  /** What one asset adds to it. */
  sealed interface Part {

    Asset asset();

    /** How long something was so, in minutes. */
    record Lasted(Asset asset, @Nullable Condition during, Condition good) implements Part {

      /** What the time from now on counts as. */
      Counts counts(Memory memory) {
        var heeded = during == null ? Truth.TRUE : during.test(memory);
        return switch (heeded) {
          case FALSE -> Counts.NOT;
          case UNKNOWN -> Counts.UNKNOWN;
          case TRUE ->
              switch (good.test(memory)) {
                case TRUE -> Counts.GOOD;
                case FALSE -> Counts.BAD;
                case UNKNOWN -> Counts.UNKNOWN;
              };
        };
      }
    }

    /** Whether a counter went on: the asset is good or bad. */
    record Happened(Asset asset, Point counter) implements Part {}

    /** How far a counter of volume went, in litres: good up to the limit, bad beyond. */
    record Added(Asset asset, Point counter) implements Part {}
  }

  /** What time counts as. */
  enum Counts {
    GOOD,
    BAD,
    UNKNOWN,
    /** It is nobody's affair then. */
    NOT
  }
}
