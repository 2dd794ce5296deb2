package org.kerbside.gateway.assets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * Power → does the lamp burn. On: at least 0.3 of what it should draw at its dimming level; off:
 * more than standby burns all the same. No reading is no verdict: neither lit nor dark.
 *
 * @param nominal what it draws at full light, W
 */
record Lit(Point lit, Point dim, Point on, double nominal) implements Derive.Step {

  /** Drivers ramp and in-rush dies away: no verdict so soon after switching. */
  static final Duration SETTLE = Duration.ofSeconds(60);

  private static final double SHARE = 0.3;
  private static final double STANDBY = 2; // W
  private static final double STANDBY_SHARE = 0.05;

  static @Nullable Lit of(Asset lamp) {
    var lit = lamp.point("lit");
    var dim = lamp.point("dim");
    var on = lamp.point("on");
    return lit == null || dim == null || on == null
        ? null
        : new Lit(lit, dim, on, lamp.setting("power", Double.NaN));
  }

  @Override
  public @Nullable Reading follows(Derive.Memory memory, Reading input) {
    if (Double.isNaN(nominal)) {
      return null;
    }
    if (!(input.value() instanceof Value.Num(var watts))) {
      return new Reading(lit, null, input.quality(), input.at(), input.timing());
    }
    if (isSettling(memory, dim, input) || isSettling(memory, on, input)) {
      return null;
    }
    double level = level(memory.latest(dim.index()), memory.latest(on.index()));
    boolean burns = watts >= threshold(level);
    return new Reading(lit, Value.Flag.of(burns), input.quality(), input.at(), input.timing());
  }

  private double threshold(double level) {
    double offMost = Math.max(STANDBY, STANDBY_SHARE * nominal);
    return level <= 0 ? Math.nextUp(offMost) : Math.max(offMost, SHARE * nominal * curve(level));
  }

  /** Straight from (0.1, 0.15) to (1, 1), until the lamp's own curve is learned. */
  private static double curve(double level) {
    return level <= 0.1 ? 0.15 : 0.15 + (level - 0.1) / 0.9 * 0.85;
  }

  private static double level(@Nullable Reading dim, @Nullable Reading on) {
    if (on != null && on.value() instanceof Value.Flag(var flag) && !flag) {
      return 0;
    }
    return dim != null && dim.value() instanceof Value.Num(var level) ? level : 1;
  }

  private static boolean isSettling(Derive.Memory memory, Point output, Reading power) {
    var switched = memory.switched(output.index());
    return switched != null && power.at().since(switched).compareTo(SETTLE) < 0;
  }
}
