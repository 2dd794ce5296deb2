package org.kerbside.drivers.simulator;

/** The mains of the street: 230 V that sag at dusk. */
final class Grid {

  private final Chance noise;

  Grid(long seed, String asset) {
    this.noise = Chance.of(seed, asset, "mains");
  }

  double volts(Scene scene) {
    double dusk = Math.clamp((6 - Math.abs(scene.weather().elevation())) / 6, 0, 1);
    double slow = 2 * noise.wander(scene.second() / 1800.0);
    return Rounded.to(10, 231 - 5 * dusk + slow + 0.3 * noise.normal(scene.second()));
  }
}
