package org.kerbside.gateway.assets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/** What a lamp should draw at the light that it gives; a feeder expects the sum of its lamps. */
sealed interface Expected extends Step.Plain {

  /** Watts; NaN where they cannot be told. */
  double watts(Turn turn);

  /** One lamp. */
  record Lamp(Point thing, Draw draw) implements Expected {

    @Override
    public double watts(Turn turn) {
      return draw.expected(draw.level(turn));
    }
  }

  /** All lamps behind a contactor. */
  record Feeder(Point thing, List<Point> lamps, @Nullable Point contactor) implements Expected {

    public Feeder {
      lamps = List.copyOf(lamps);
    }

    @Override
    public double watts(Turn turn) {
      var latest = turn.latest(contactor);
      if (latest != null && latest.value() instanceof Value.Flag(var isClosed) && !isClosed) {
        return 0;
      }
      double sum = 0;
      for (var lamp : lamps) {
        sum += turn.number(lamp);
      }
      return sum;
    }
  }

  @Override
  default Nothing follow(Nothing memo, @Nullable Reading input, Turn turn) {
    double watts = Math.rint(watts(turn) * 10) / 10;
    if (!Double.isNaN(watts)) {
      turn.tell(thing(), new Value.Num(watts), Quality.GOOD, null);
    }
    return memo;
  }
}
