package org.kerbside.gateway.assets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/** The stalls of a block → how many are known to be empty. An unknown one is not free. */
record Free(Point free, List<Point> occupied) implements Step.Plain {

  Free {
    occupied = List.copyOf(occupied);
  }

  static @Nullable Free of(Asset toilet, List<Asset> stalls) {
    var free = toilet.point("free");
    var occupied =
        stalls.stream()
            .filter(stall -> stall.kind().name().equals("stall"))
            .map(stall -> stall.point("occupied"))
            .filter(point -> point != null)
            .toList();
    return free == null || occupied.isEmpty() ? null : new Free(free, occupied);
  }

  @Override
  public Point thing() {
    return free;
  }

  @Override
  public Nothing follow(Nothing memo, @Nullable Reading stall, Turn turn) {
    int empty = 0;
    for (var point : occupied) {
      var latest = turn.latest(point);
      if (latest != null && latest.value() instanceof Value.Flag(var flag) && !flag) {
        empty++;
      }
    }
    turn.tell(free, new Value.Num(empty), Quality.GOOD, stall);
    return memo;
  }
}
