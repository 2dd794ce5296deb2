package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;

/** What the cabinet feels of itself: its warmth, its door, its supply. A battery bridges a cut. */
final class Box implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final double WARMER = 8; // K than outside
  private static final double SUPPLY = 12.1; // V
  private static final double BATTERY = 11.6; // V

  private final Chance noise;
  private final Pace pace;
  private State now = new State(false, true);
  private State told = now;

  private record State(boolean isOpen, boolean isSupplied) {}

  Box(long seed, String asset) {
    this.noise = Chance.of(seed, asset, "noise");
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.1);
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    now = new State(faults.contains(Fault.DOOR_OPEN), !scene.has(Fault.POWER_CUT));
  }

  @Override
  public List<Sample> say(Scene scene) {
    if (now.equals(told) && !pace.isDue(scene.now(), INTERVAL)) {
      return List.of();
    }
    pace.spoken(scene.now());
    told = now;
    double wobble = 0.1 * noise.normal(scene.second());
    double warmth = scene.weather().temperature() + WARMER + wobble;
    return List.of(
        Sample.of("temperature", Rounded.to(10, warmth), Unit.CELSIUS),
        Sample.of("supply", now.isSupplied() ? SUPPLY : BATTERY, Unit.VOLT),
        Sample.of("mains", now.isSupplied()),
        Sample.of("door", now.isOpen()));
  }
}
