package org.kerbside.gateway.assets;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gases whose share of the air is told in ppm and kept as a mass: at 25 °C, so that they compare.
 */
public enum Gas {
  NH3(697),
  H2S(1394);

  private final double microgram; // ug/m3 of one ppm

  Gas(double microgram) {
    this.microgram = microgram;
  }

  /** The gas of a point of that name, or null. */
  public static @Nullable Gas of(String point) {
    for (var gas : values()) {
      if (gas.name().toLowerCase(Locale.ROOT).equals(point)) {
        return gas;
      }
    }
    return null;
  }

  /** In ug/m3. */
  public double microgram(double ppm) {
    return ppm * microgram;
  }
}
