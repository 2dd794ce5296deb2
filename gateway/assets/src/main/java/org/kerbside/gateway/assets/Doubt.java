package org.kerbside.gateway.assets;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;

/** What a device said → the same, doubted while something around it makes it say so. */
record Doubt(Point point, Cause cause) implements Step.Plain {

  /** What makes a device say what is not so. */
  sealed interface Cause {

    boolean holds(Turn turn);

    Reason reason();

    /** Ice conducts nothing: frozen soil reads falsely dry. */
    record Frost(@Nullable Point soil, Sky sky) implements Cause {

      private static final double BELOW = 2; // Cel

      @Override
      public boolean holds(Turn turn) {
        return sky.temperature(soil, turn) < BELOW;
      }

      @Override
      public Reason reason() {
        return Reason.FROZEN_SOIL;
      }
    }

    /** Dust darkens noon. */
    record Storm(Sky sky) implements Cause {

      @Override
      public boolean holds(Turn turn) {
        return sky.isStorm(turn);
      }

      @Override
      public Reason reason() {
        return Reason.WEATHER;
      }
    }
  }

  @Override
  public Point thing() {
    return point;
  }

  @Override
  public Nothing follow(Nothing memo, @Nullable Reading input, Turn turn) {
    if (input != null) {
      turn.pass(cause.holds(turn) ? input.doubted(cause.reason()) : input);
    }
    return memo;
  }
}
