package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** An irrigated lawn: valve, flow meter, soil probe. The soil dries by sun and wets by water. */
final class Zone implements Body {

  /** What a zone takes at full pressure, 25 L/min, in m3/s. */
  static final double NOMINAL = 0.025 / 60;

  private static final Duration FLOWING = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final double FROZEN = 0.05; // as a probe reads it
  private static final double DRIEST = 0.12;
  private static final double WETTEST = 0.42;
  private static final double DRIES = 0.006 / 3600; // a second under a high sun
  private static final double WETS = 0.06; // by a cubic metre of water
  private static final double RAINS = 0.004; // by a millimetre of rain

  private final Circuit pipe;
  private final Valve valve;
  private final double nominal;
  private final Chance noise;
  private final Pace pace;
  private final Dial volume;
  private double flow;
  private double moisture;
  private double soil = Double.NaN;
  private double told;
  private double toldFlow;

  Zone(long seed, Asset zone, Circuit pipe) {
    String asset = zone.id();
    var make = Chance.of(seed, asset, "make");
    this.pipe = pipe;
    this.valve = new Valve(make);
    this.nominal = NOMINAL * make.between(1, 0.8, 1.2);
    this.moisture = make.between(2, 0.2, 0.3);
    this.volume = new Dial(zone, "volume", Rounded.to(1000, make.between(3, 10, 900)));
    this.noise = Chance.of(seed, asset, "noise");
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.1);
  }

  @Override
  public void move(String quantity, Value value) {
    if (value instanceof Value.Num(var share)) {
      valve.order(share);
    }
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    if (!faults.contains(Fault.VALVE_STUCK)) {
      valve.run(scene.seconds());
    }
    double jitter = 1 + 0.007 * noise.normal(2 * scene.second());
    flow = nominal * valve.position() * pipe.supply() * jitter;
    pipe.draw(flow);
    volume.count(flow * scene.seconds(), faults);
    soak(scene);
  }

  private void soak(Scene scene) {
    var weather = scene.weather();
    double sun = Math.max(0, StrictMath.sin(StrictMath.toRadians(weather.elevation())));
    double water = WETS * flow + RAINS * weather.rain() / 3600 - DRIES * (0.1 + sun);
    moisture = Math.clamp(moisture + water * scene.seconds(), DRIEST, WETTEST);
    double follows = 1 - StrictMath.exp(-scene.seconds() / 14_400);
    soil =
        Double.isNaN(soil)
            ? weather.temperature()
            : soil + follows * (weather.temperature() - soil);
  }

  @Override
  public List<Sample> say(Scene scene) {
    boolean busy = valve.isMoving() || flow > 0;
    if (!pace.isDue(scene.now(), busy ? FLOWING : IDLE) && !hasTurned()) {
      return List.of();
    }
    pace.spoken(scene.now());
    told = valve.position();
    toldFlow = flow;
    double wobble = 0.001 * noise.normal(2 * scene.second() + 1);
    return List.of(
        Sample.of("valve", Rounded.to(100, valve.position()), Unit.RATIO),
        Sample.of("flow", Rounded.to(1e7, flow), Unit.FLOW),
        Sample.of("volume", Rounded.to(10_000, volume.shows()), Unit.CUBIC_METRE),
        Sample.of("moisture", Rounded.to(1000, reads(scene) + wobble), Unit.RATIO),
        Sample.of("soil", Rounded.to(10, soil), Unit.CELSIUS));
  }

  /** Ice conducts nothing. */
  private double reads(Scene scene) {
    return scene.has(Fault.FREEZING_NIGHT) ? FROZEN : moisture;
  }

  /** The valve has arrived, or the water has begun or ceased to flow. */
  private boolean hasTurned() {
    return (!valve.isMoving() && told != valve.position()) || (flow > 0) != (toldFlow > 0);
  }
}
