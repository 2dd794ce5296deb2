package org.kerbside.gateway.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What state knows of a point.
 *
 * @param last the last reading, good or not; absent when it never spoke
 * @param heard when the last sample came
 * @param changed when its value last changed
 */
public record Seen(
    Point point, @Nullable Reading last, @Nullable Moment heard, @Nullable Moment changed) {

  /** Intervals without a sample after which a point is stale. */
  public static final int STALE_AFTER = 3;

  public Duration staleAfter() {
    var after = point.spec().beat();
    for (int beats = 1; beats < STALE_AFTER; beats++) {
      after = after.plus(point.spec().beat()); // To multiply goes by way of a big decimal.
    }
    return after;
  }

  /** How far the value may be shown, worst first: never, silent, bad, stale, uncertain, good. */
  public DataState state(Moment now) {
    if (last == null || heard == null) {
      return DataState.NEVER;
    }
    return switch (last.quality()) {
      case Quality.Bad(var reason) when reason.equals(Reason.SILENT) -> DataState.SILENT;
      case Quality.Bad(var reason) when reason.equals(Reason.STALE) -> DataState.STALE;
      case Quality.Bad(var reason) -> DataState.BAD;
      case Quality.Uncertain(var reason) -> isStale(now) ? DataState.STALE : DataState.UNCERTAIN;
      case Quality.Good() -> isStale(now) ? DataState.STALE : DataState.GOOD;
    };
  }

  private boolean isStale(Moment now) {
    return heard != null && now.since(heard).compareTo(staleAfter()) >= 0;
  }
}
