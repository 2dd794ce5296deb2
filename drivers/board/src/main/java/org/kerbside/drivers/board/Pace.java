package org.kerbside.drivers.board;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;

/**
 * How fast a meter of an asset can give pulses, and how long it may bounce.
 *
 * @param most pulses a second
 * @param dead so long after an edge another is the same
 */
record Pace(double most, Duration dead) {

  private static final double ONE_A_LITRE = 1000; // pulses of a cubic metre: more is a Hall sensor
  private static final Duration REED = Duration.ofMillis(50);
  private static final double UNKNOWN = 1000; // pulses a second: nobody said anything of the meter

  /**
   * What the profile says, what the site says of the asset's meter, or what its flow can be at all.
   * A Hall sensor switches clean; a reed bounces.
   */
  static Pace of(PinProfile.Pulses profile, Asset asset) {
    double perCubicMetre = asset.setting("meter.pulses", Double.NaN);
    var flow = asset.point("flow");
    double greatest = asset.setting("meter.most", flow == null ? Double.NaN : flow.spec().max());
    double metered = greatest * perCubicMetre;
    double most =
        profile.most() != null ? profile.most() : Double.isFinite(metered) ? metered : UNKNOWN;
    var debounce = profile.debounce();
    return new Pace(
        most, debounce != null ? debounce : perCubicMetre <= ONE_A_LITRE ? REED : Duration.ZERO);
  }

  /** Where no asset says more than the profile. */
  static Pace unmetered(PinProfile.Pulses profile) {
    var debounce = profile.debounce();
    return new Pace(
        profile.most() != null ? profile.most() : UNKNOWN,
        debounce != null ? debounce : Duration.ZERO);
  }

  /** Why both cannot be; null when they can: half a turn must last longer than the bounces. */
  @Nullable String contradiction() {
    double half = 1 / (2 * most);
    return dead.toNanos() / 1e9 < half || dead.isZero()
        ? null
        : "debounce of %d ms hides pulses: %.3g a second are %.3g ms each half"
            .formatted(dead.toMillis(), most, half * 1e3);
  }

  PulseCount.Treatment treatment(Level edge) {
    return new PulseCount.Treatment(edge, dead.toNanos(), most);
  }
}
