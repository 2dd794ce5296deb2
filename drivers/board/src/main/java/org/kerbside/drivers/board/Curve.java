package org.kerbside.drivers.board;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What an output gives for a level of light: straight lines between the points that the lamp's
 * driver was measured at. Both are shares, 0 to 1.
 */
record Curve(NavigableMap<Double, Double> points) {

  /** It gives what is asked for. */
  static final Curve STRAIGHT = new Curve(new TreeMap<>(Map.of(0.0, 0.0, 1.0, 1.0)));

  Curve {
    points = new TreeMap<>(points);
    if (!points.containsKey(0.0) || !points.containsKey(1.0)) {
      throw new IllegalArgumentException("a curve goes from 0 to 1: " + points);
    }
  }

  double at(double light) {
    var below = points.floorEntry(light);
    var above = points.ceilingEntry(light);
    if (below == null || above == null) {
      return light < 0 ? points.firstEntry().getValue() : points.lastEntry().getValue();
    }
    double span = above.getKey() - below.getKey();
    double share = span == 0 ? 0 : (light - below.getKey()) / span;
    return below.getValue() + share * (above.getValue() - below.getValue());
  }
}
