package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A dimmable LED lamp with a controller that measures. On until it is ordered otherwise. */
final class Lamp implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(4);
  private static final long CYCLE = 420; // s
  private static final long BURNS = 300; // s of each
  private static final double FACTOR = 0.95; // of power

  private final double nominal;
  private final double standby;
  private final Circuit feeder;
  private final Grid grid;
  private final Chance noise;
  private final Pace pace;
  private double dim = 1;
  private Relay relay = Relay.ON;
  private Talk talk = Talk.AT_ITS_PACE;
  private double live = 1; // share of the supply
  private double power;
  private final Dial energy;
  private final int phase;

  Lamp(long seed, Asset asset, Circuit feeder) {
    var make = Chance.of(seed, asset.id(), "make");
    this.nominal = asset.setting("power", 60) * make.between(0, 0.97, 1.03);
    this.standby = make.between(1, 0.3, 1);
    this.energy = new Dial(asset, "energy", make.between(2, 50, 900));
    this.phase = Circuit.phase(asset.id());
    this.feeder = feeder;
    this.grid = new Grid(seed, asset.id());
    this.noise = Chance.of(seed, asset.id(), "noise");
    this.pace = new Pace(Chance.of(seed, asset.id(), "pace"), 0.5);
  }

  private enum Relay {
    ON,
    OFF
  }

  private enum Talk {
    AT_ITS_PACE,
    AT_ONCE
  }

  @Override
  public void move(String quantity, Value value) {
    if (value instanceof Value.Flag(var on)) {
      relay = on ? Relay.ON : Relay.OFF;
    } else if (value instanceof Value.Num(var share)) {
      dim = share;
    }
    talk = Talk.AT_ONCE;
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    double before = power;
    live = feeder.supply(phase);
    power = live * draw(faults, scene) * (1 + 0.0017 * noise.normal(scene.second()));
    if (Math.abs(power - before) > 0.05 * nominal) {
      talk = Talk.AT_ONCE;
    }
    energy.count(power * scene.seconds() / 3.6e6, faults);
    feeder.draw(phase, power);
  }

  private double draw(Set<Fault> faults, Scene scene) {
    if (faults.contains(Fault.LAMP_FAILURE)) {
      return standby;
    }
    if (faults.contains(Fault.DAY_BURNER)) {
      return nominal;
    }
    if (faults.contains(Fault.CYCLING) && scene.second() % CYCLE >= BURNS) {
      return standby;
    }
    return relay == Relay.ON && dim > 0 ? nominal * curve(dim) : standby;
  }

  /** Straight from 15 % of the power at a tenth of the light to all of it. */
  private static double curve(double dim) {
    return 0.15 + (Math.max(dim, 0.1) - 0.1) / 0.9 * 0.85;
  }

  @Override
  public List<Sample> say(Scene scene) {
    if (scene.has(Fault.POWER_CUT)) {
      return List.of(); // Its controller hangs on the same wire.
    }
    if (talk == Talk.AT_ITS_PACE && !pace.isDue(scene.now(), INTERVAL)) {
      return List.of();
    }
    pace.spoken(scene.now());
    talk = Talk.AT_ITS_PACE;
    double volts = live * grid.volts(scene);
    double amperes = volts == 0 ? 0 : power / volts / FACTOR;
    return List.of(
        Sample.of("on", relay == Relay.ON),
        Sample.of("dim", dim, Unit.RATIO),
        Sample.of("power", Rounded.to(10, power), Unit.WATT),
        Sample.of("voltage", volts, Unit.VOLT),
        Sample.of("current", Rounded.to(1000, amperes), Unit.AMPERE),
        Sample.of("energy", Rounded.to(1000, energy.shows()), Unit.KILOWATT_HOUR));
  }
}
