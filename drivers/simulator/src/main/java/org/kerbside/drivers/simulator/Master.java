package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** The master valve of an irrigation with its meter, gauge, thermometer and rain gauge. */
final class Master implements Body {

  private static final Duration FLOWING = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final double BURST = 3 * Zone.NOMINAL;
  private static final double LEAK = 0.012 * Zone.NOMINAL; // 0.3 L/min between meter and valve
  private static final double STATIC = 420_000; // Pa
  private static final double DROP = 6e10; // Pa for each (m3/s)²
  private static final double TIP = 0.0002; // m of rain

  private final Circuit pipe;
  private final Valve valve;
  private final Chance noise;
  private final Pace pace;
  private final Dial volume;
  private double flow;
  private double rain;
  private double told;
  private double toldFlow;

  Master(long seed, Asset master, Circuit pipe) {
    String asset = master.id();
    var make = Chance.of(seed, asset, "make");
    this.pipe = pipe;
    this.valve = new Valve(make);
    this.volume = new Dial(master, "volume", Rounded.to(1000, make.between(1, 500, 5000)));
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
    double burst = faults.contains(Fault.BURST_PIPE) ? BURST * valve.position() : 0;
    double jitter = 1 + 0.007 * noise.normal(2 * scene.second());
    double leak = faults.contains(Fault.LEAK) ? LEAK : 0;
    double behind = valve.position() == 0 ? 0 : pipe.drawn() + burst;
    flow = (behind + leak) * jitter;
    volume.count(flow * scene.seconds(), faults);
    rain += scene.weather().rain() / 1000 / 3600 * scene.seconds();
    pipe.supply(valve.position() * (burst > 0 ? 0.6 : 1));
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
    double pressure = STATIC - DROP * flow * flow + 1500 * noise.normal(2 * scene.second() + 1);
    return List.of(
        Sample.of("valve", Rounded.to(100, valve.position()), Unit.RATIO),
        Sample.of("flow", Rounded.to(1e7, flow), Unit.FLOW),
        Sample.of("volume", Rounded.to(10_000, volume.shows()), Unit.CUBIC_METRE),
        Sample.of("pressure", Rounded.to(0.01, pressure), Unit.PASCAL),
        Sample.of("wind", Rounded.to(10, scene.weather().wind()), Unit.METRE_PER_SECOND),
        Sample.of("temperature", Rounded.to(10, scene.weather().temperature()), Unit.CELSIUS),
        Sample.of("rain", Rounded.to(10_000, Math.floor(rain / TIP) * TIP), Unit.METRE));
  }

  /** The valve has arrived, or the water has begun or ceased to flow. */
  private boolean hasTurned() {
    return (!valve.isMoving() && told != valve.position()) || (flow > 0) != (toldFlow > 0);
  }
}
