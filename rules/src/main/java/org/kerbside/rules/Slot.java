package org.kerbside.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/** Where a name of a condition finds its value. */
sealed interface Slot {

  /** What one point holds. */
  sealed interface Single extends Slot {

    Point point();

    /** Absent while unknown. */
    @Nullable Value in(Memory memory);
  }

  /** What was last observed. */
  record Observed(Point point) implements Single {
    @Override
    public @Nullable Value in(Memory memory) {
      return memory.observed(point);
    }
  }

  /** What the desk last ordered. */
  record Commanded(Point point) implements Single {
    @Override
    public @Nullable Value in(Memory memory) {
      return memory.ordered(point);
    }
  }

  /** A parameter of the rule, in its kept unit. */
  record Parameter(double number) implements Slot {}

  /** Whether another slot is known. */
  record Known(Single of) implements Slot {}

  /** Assets of one kind below this one. */
  record Children(String kind, List<Member> members) implements Slot {
    public Children {
      members = List.copyOf(members);
    }
  }

  /** One of the children, its points by name. */
  record Member(Map<String, Point> points) {
    public Member {
      points = Map.copyOf(points);
    }
  }
}
