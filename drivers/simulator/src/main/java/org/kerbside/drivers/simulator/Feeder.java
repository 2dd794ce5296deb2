package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A lighting circuit in its cabinet: contactor, meter, photocell. Closed until ordered open. */
final class Feeder implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final double FACTOR = 0.95; // of power

  private final Circuit circuit;
  private final Grid grid;
  private final Chance noise;
  private final Pace pace;
  private Contactor contactor = Contactor.CLOSED;
  private Contactor told = Contactor.CLOSED;
  private double power;
  private double energy;

  Feeder(long seed, String asset, Circuit circuit) {
    this.circuit = circuit;
    this.grid = new Grid(seed, asset);
    this.noise = Chance.of(seed, asset, "noise");
    this.energy = Chance.of(seed, asset, "make").between(0, 2000, 20_000);
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.1);
  }

  private enum Contactor {
    OPEN,
    CLOSED
  }

  @Override
  public void move(String quantity, Value value) {
    if (value instanceof Value.Flag(var closed)) {
      contactor = closed ? Contactor.CLOSED : Contactor.OPEN;
    }
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    boolean live = contactor == Contactor.CLOSED && !faults.contains(Fault.FEEDER_TRIP);
    power = live ? circuit.drawn() : 0;
    energy += power * scene.seconds() / 3.6e6;
    circuit.supply(live ? 1 : 0);
  }

  @Override
  public List<Sample> say(Scene scene) {
    if (contactor == told && !pace.isDue(scene.now(), INTERVAL)) {
      return List.of();
    }
    pace.spoken(scene.now());
    told = contactor;
    double volts = grid.volts(scene);
    double lux = scene.weather().lux() * (1 + 0.01 * noise.normal(scene.second()));
    return List.of(
        Sample.of("contactor", contactor == Contactor.CLOSED),
        Sample.of("power", Rounded.to(10, power), Unit.WATT),
        Sample.of("voltageA", volts, Unit.VOLT),
        Sample.of("currentA", Rounded.to(1000, power / volts / FACTOR), Unit.AMPERE),
        Sample.of("energy", Rounded.to(1000, energy), Unit.KILOWATT_HOUR),
        Sample.of("lux", Rounded.to(10, lux), Unit.LUX));
  }
}
