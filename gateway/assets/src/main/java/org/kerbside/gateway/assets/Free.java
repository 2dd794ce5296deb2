package org.kerbside.gateway.assets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * The stalls of a block → how many are known to be empty. An unknown one is not free, nor is one on
 * which people work, or in a block on which they do.
 */
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
    long empty = occupied.stream().filter(point -> isEmpty(point, turn)).count();
    if (stall != null || turn.latest(free) != null) {
      turn.tell(free, new Value.Num(empty), Quality.GOOD, stall);
    }
    return memo;
  }

  private boolean isEmpty(Point point, Turn turn) {
    var latest = turn.latest(point);
    return latest != null
        && latest.value() instanceof Value.Flag(var flag)
        && !flag
        && !turn.isWorkedOn(point.id().asset())
        && !turn.isWorkedOn(free.id().asset());
  }

  @Override
  public boolean asksForWorks() {
    return true;
  }
}
