package org.kerbside.gateway.assets;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * What a lamp should draw: standby when off, else nominal·curve(dim), straight between the points
 * that were learned at commissioning.
 *
 * @param curve W by light, from 0 (off) to 1
 */
record Draw(
    double nominal, TreeMap<Double, Double> curve, @Nullable Point dim, @Nullable Point on) {

  private static final double OFF = 2; // W
  private static final double OFF_SHARE = 0.05; // of nominal
  private static final double STANDBY = 0.5; // W: 0.3 to 1 W are usual

  /** The learned points by the names under which a site writes them. */
  private static final Map<String, Double> LEARNED =
      Map.of("100%", 1.0, "75%", .75, "50%", .5, "25%", .25, "10%", .1, "off", 0.0);

  Draw {
    curve = new TreeMap<>(curve);
  }

  /** Null where nobody said what it should draw. */
  static @Nullable Draw of(Asset lamp) {
    double nominal = lamp.setting("power", Double.NaN);
    if (Double.isNaN(nominal)) {
      return null;
    }
    var curve = new TreeMap<Double, Double>();
    curve.put(0.0, STANDBY);
    LEARNED.forEach(
        (name, light) -> {
          double watts = lamp.setting("curve." + name, Double.NaN);
          if (!Double.isNaN(watts)) {
            curve.put(light, watts);
          }
        });
    if (curve.size() < 3) { // Less than two of light is no curve.
      curve.put(.1, .15 * nominal);
      curve.put(1.0, nominal);
    }
    return new Draw(nominal, curve, lamp.point("dim"), lamp.point("on"));
  }

  /** Off draws no more, in W. */
  double offMost() {
    return Math.max(OFF, OFF_SHARE * nominal);
  }

  /**
   * In W. Below the lowest learned point as there: a driver has a least.
   *
   * @param light from 0, off, to 1
   */
  double expected(double light) {
    var exact = curve.get(light);
    if (exact != null) {
      return exact;
    }
    var below = curve.lowerEntry(light);
    var above = curve.higherEntry(light);
    if (below == null || below.getKey() <= 0 || above == null) {
      return (above == null ? curve.lastEntry() : above).getValue();
    }
    double part = (light - below.getKey()) / (above.getKey() - below.getKey());
    return below.getValue() + part * (above.getValue() - below.getValue());
  }

  /** The light that it gives as it says, 0 to 1; all of it where it knows no dimming. */
  double level(Turn turn) {
    var relay = turn.latest(on);
    if (relay != null && relay.value() instanceof Value.Flag(var isOn) && !isOn) {
      return 0;
    }
    double light = turn.number(dim);
    return Double.isNaN(light) ? 1 : light;
  }
}
