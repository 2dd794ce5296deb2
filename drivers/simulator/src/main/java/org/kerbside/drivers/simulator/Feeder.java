package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A lighting circuit in its cabinet: contactor, meter, photocell. Closed until ordered open. */
final class Feeder implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int LOST = 1; // the phase that a fault takes
  private static final double LEAKS = 0.12; // A
  private static final double FACTOR = 0.95; // of power

  private final Circuit circuit;
  private final Grid grid;
  private final Chance noise;
  private final Pace pace;
  private Contactor contactor = Contactor.CLOSED;
  private Contactor told = Contactor.CLOSED;
  private final Dial energy;
  private final double[] power = new double[Circuit.PHASES];
  private double earth;
  private boolean isOpen;
  private int lost = -1; // the phase that is gone
  private int toldLost = -1;
  private Mains toldMains = Mains.THERE;

  Feeder(long seed, Asset feeder, Circuit circuit) {
    String asset = feeder.id();
    this.circuit = circuit;
    this.grid = new Grid(seed, asset);
    this.noise = Chance.of(seed, asset, "noise");
    double begin = Chance.of(seed, asset, "make").between(0, 2000, 20_000);
    this.energy = new Dial(feeder, "energy", begin);
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.1);
  }

  private enum Mains {
    GONE,
    THERE
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
    boolean isLive =
        contactor == Contactor.CLOSED
            && !faults.contains(Fault.FEEDER_TRIP)
            && !scene.has(Fault.POWER_CUT);
    double sum = 0;
    for (int phase = 0; phase < Circuit.PHASES; phase++) {
      boolean isSupplied = isLive && !(phase == LOST && faults.contains(Fault.PHASE_LOST));
      power[phase] = isSupplied ? circuit.drawn(phase) : 0;
      circuit.supply(phase, isSupplied ? 1 : 0);
      sum += power[phase];
    }
    energy.count(sum * scene.seconds() / 3.6e6, faults);
    earth = faults.contains(Fault.LEAKAGE) ? LEAKS : 0.004;
    isOpen = faults.contains(Fault.DOOR_OPEN);
    lost = faults.contains(Fault.PHASE_LOST) ? LOST : -1;
  }

  @Override
  public List<Sample> say(Scene scene) {
    var mains = scene.has(Fault.POWER_CUT) ? Mains.GONE : Mains.THERE;
    boolean isNews = contactor != told || mains != toldMains || lost != toldLost;
    if (!isNews && !pace.isDue(scene.now(), INTERVAL)) {
      return List.of();
    }
    pace.spoken(scene.now());
    told = contactor;
    toldMains = mains;
    toldLost = lost;
    double volts = mains == Mains.GONE ? 0 : grid.volts(scene);
    double lux = scene.weather().lux() * (1 + 0.01 * noise.normal(scene.second()));
    var said = new ArrayList<Sample>();
    said.add(Sample.of("contactor", contactor == Contactor.CLOSED));
    said.add(Sample.of("power", Rounded.to(10, power[0] + power[1] + power[2]), Unit.WATT));
    for (int phase = 0; phase < Circuit.PHASES; phase++) {
      say(phase, phase == lost ? 0 : volts, said);
    }
    said.add(Sample.of("energy", Rounded.to(1000, energy.shows()), Unit.KILOWATT_HOUR));
    said.add(Sample.of("leakage", Rounded.to(1000, earth), Unit.AMPERE));
    said.add(Sample.of("mains", mains == Mains.THERE));
    said.add(Sample.of("door", isOpen));
    said.add(Sample.of("lux", Rounded.to(10, lux), Unit.LUX));
    return said;
  }

  private void say(int phase, double volts, List<Sample> said) {
    double watts = power[phase];
    double amperes = volts == 0 ? 0 : watts / volts / FACTOR;
    char letter = (char) ('A' + phase);
    said.add(Sample.of("power" + letter, Rounded.to(10, watts), Unit.WATT));
    said.add(Sample.of("voltage" + letter, volts, Unit.VOLT));
    said.add(Sample.of("current" + letter, Rounded.to(1000, amperes), Unit.AMPERE));
  }
}
