package org.kerbside.rules;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

/**
 * A name that a condition may use.
 *
 * @param unit absent where numbers of any unit fit
 */
record Name(Sort sort, @Nullable Unit unit, Slot slot) {

  /** What kind of value stands behind a name. */
  enum Sort {
    NUMBER,
    FLAG,
    WORD,
    LIST,
    /** Of what is not there. */
    ANY;

    static Sort of(PointType type) {
      return switch (type) {
        case NUM, COUNTER -> NUMBER;
        case FLAG -> FLAG;
        case STATE -> WORD;
      };
    }
  }

  /** Whether it tells how far something moved, and not where it is. */
  boolean isDifference() {
    return slot instanceof Slot.Windowed(var what, var source, var length, var number)
        && what == Measure.CHANGE;
  }

  static Name of(Slot.Source slot) {
    var spec = slot.point().spec();
    Sort sort = Sort.of(spec.type());
    return new Name(sort, sort == Sort.NUMBER ? spec.unit() : null, slot);
  }
}
