package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;

/** A storm drain: its level lags the rain. */
final class Manhole implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(15);
  private static final double DRY = 0.08; // of its depth
  private static final double RISES = 0.04; // a millimetre of rain
  private static final double EMPTIES = 5400; // s until 1/e is left

  private final Chance noise;
  private final Pace pace;
  private double level = DRY;

  Manhole(long seed, String asset) {
    this.noise = Chance.of(seed, asset, "noise");
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.1);
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    double left = StrictMath.exp(-scene.seconds() / EMPTIES);
    double rain = scene.weather().rain() / 3600 * scene.seconds();
    level = Math.min(1, DRY + (level - DRY) * left + RISES * rain);
  }

  @Override
  public List<Sample> say(Scene scene) {
    if (!pace.isDue(scene.now(), INTERVAL)) {
      return List.of();
    }
    pace.spoken(scene.now());
    double wobble = 0.002 * noise.normal(scene.second());
    return List.of(
        Sample.of("level", Rounded.to(1000, level + wobble), Unit.RATIO),
        Sample.of("tilt", 0, Unit.DEGREE),
        Sample.of("battery", 92, Unit.CHARGE));
  }
}
