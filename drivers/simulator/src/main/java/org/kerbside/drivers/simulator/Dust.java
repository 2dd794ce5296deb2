package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A dust monitor with a mist cannon: dust follows traffic and wind, mist takes a half of it. */
final class Dust implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final Chance noise;
  private final Pace pace;
  private Cannon cannon = Cannon.IDLE;

  Dust(long seed, String asset) {
    this.noise = Chance.of(seed, asset, "noise");
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.1);
  }

  private enum Cannon {
    IDLE,
    SPRAYING
  }

  @Override
  public void move(String quantity, Value value) {
    if (value instanceof Value.Flag(var sprays)) {
      cannon = sprays ? Cannon.SPRAYING : Cannon.IDLE;
    }
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {}

  @Override
  public List<Sample> say(Scene scene) {
    if (!pace.isDue(scene.now(), INTERVAL)) {
      return List.of();
    }
    pace.spoken(scene.now());
    double left = cannon == Cannon.SPRAYING ? 0.5 : 1;
    double pm10 = left * scene.weather().pm10() * (1 + 0.01 * noise.normal(scene.second()));
    return List.of(
        Sample.of("pm10", Rounded.to(1, pm10), Unit.MICROGRAM),
        Sample.of("pm25", Rounded.to(1, 0.5 * pm10), Unit.MICROGRAM),
        Sample.of("wind", Rounded.to(10, scene.weather().wind()), Unit.METRE_PER_SECOND),
        Sample.of("spray", cannon == Cannon.SPRAYING));
  }
}
