package org.kerbside.gateway.assets;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * Distance to the waste → how full a bin is: {@code clamp((empty − d)/(empty − full), 0, 1)}. No
 * echo is no distance, and not empty. To a thousandth: finer than any sensor is noise.
 *
 * @param empty from the sensor to the floor, m
 * @param full from the sensor to the full line, m
 */
record Fill(Point fill, double empty, double full) implements Derive.Step {

  private static final double PARTS = 1000; // of a whole bin

  static @Nullable Fill of(Asset bin) {
    var fill = bin.point("fill");
    double empty = bin.setting("empty", Double.NaN);
    double full = bin.setting("full", Double.NaN);
    return fill == null || !(empty - full > 0) ? null : new Fill(fill, empty, full);
  }

  @Override
  public Reading follows(Derive.Memory memory, Reading distance) {
    if (!(distance.value() instanceof Value.Num(var d))) {
      return new Reading(fill, null, distance.quality(), distance.at(), distance.timing());
    }
    double share = Math.clamp((empty - d) / (empty - full), 0, 1);
    double rounded = Math.rint(share * PARTS) / PARTS;
    Quality quality = distance.quality();
    return new Reading(fill, new Value.Num(rounded), quality, distance.at(), distance.timing());
  }
}
