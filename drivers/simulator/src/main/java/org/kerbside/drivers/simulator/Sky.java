package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;

/** The weather station of the street. */
final class Sky implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final double TIP = 0.0002; // m of rain

  private final Pace pace;
  private double rain;

  Sky(long seed, String asset) {
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.1);
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    rain += scene.weather().rain() / 1000 / 3600 * scene.seconds();
  }

  @Override
  public List<Sample> say(Scene scene) {
    if (!pace.isDue(scene.now(), INTERVAL)) {
      return List.of();
    }
    pace.spoken(scene.now());
    var weather = scene.weather();
    return List.of(
        Sample.of("temperature", Rounded.to(10, weather.temperature()), Unit.CELSIUS),
        Sample.of("humidity", Rounded.to(10, weather.humidity()), Unit.HUMIDITY),
        Sample.of("wind", Rounded.to(10, weather.wind()), Unit.METRE_PER_SECOND),
        Sample.of("rain", Rounded.to(10_000, Math.floor(rain / TIP) * TIP), Unit.METRE),
        Sample.of("lux", Rounded.to(10, weather.lux()), Unit.LUX),
        Sample.of("storm", scene.has(Fault.DUST_STORM)));
  }
}
