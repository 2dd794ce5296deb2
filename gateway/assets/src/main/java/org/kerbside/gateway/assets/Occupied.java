package org.kerbside.gateway.assets;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * Door and presence → occupied. Both agreeing decide; while they differ it stays as it was, because
 * a still person vanishes from a radar and a shut door may have nobody behind it. One input alone
 * decides with the doubt {@code one input}.
 */
record Occupied(Point occupied, Point presence, Point shut) implements Derive.Step {

  static @Nullable Occupied of(Asset stall) {
    var occupied = stall.point("occupied");
    var presence = stall.point("presence");
    var shut = stall.point("shut");
    return occupied == null || presence == null || shut == null
        ? null
        : new Occupied(occupied, presence, shut);
  }

  @Override
  public @Nullable Reading follows(Derive.Memory memory, Reading input) {
    Boolean somebody = somebody(memory.latest(presence.index()));
    Boolean closed = closed(memory.latest(shut.index()));
    if (somebody == null && closed == null) {
      return input.isBad()
          ? new Reading(occupied, null, input.quality(), input.at(), input.timing())
          : null;
    }
    if (somebody == null) {
      return null; // A shut door alone says nothing of who is behind it.
    }
    if (closed == null) {
      return doubted(input, somebody);
    }
    if (somebody.equals(closed)) {
      return Reading.good(occupied, Value.Flag.of(somebody), input.at(), input.timing());
    }
    return null;
  }

  private Reading doubted(Reading input, boolean somebody) {
    return new Reading(
        occupied,
        Value.Flag.of(somebody),
        new Quality.Uncertain(Reason.ONE_INPUT),
        input.at(),
        input.timing());
  }

  private static @Nullable Boolean somebody(@Nullable Reading presence) {
    return presence != null && presence.value() instanceof Value.State(var word)
        ? !word.equals("none")
        : null;
  }

  private static @Nullable Boolean closed(@Nullable Reading shut) {
    return shut != null && shut.value() instanceof Value.Flag(var flag) ? flag : null;
  }
}
