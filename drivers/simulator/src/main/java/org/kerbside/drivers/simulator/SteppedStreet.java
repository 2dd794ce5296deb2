package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Value;

/** The simulator's street, stepped by whoever has it. Belongs to one thread. */
public final class SteppedStreet implements Outputs {

  private static final Duration STEP = Duration.ofSeconds(1); // a world does not ask for it

  private final List<Device> devices;
  private final World world;

  private SteppedStreet(List<Device> devices, World world) {
    this.devices = List.copyOf(devices);
    this.world = world;
  }

  /** One whose samples show every fault that there is. */
  public SteppedStreet(long seed, Duration every, Site site, List<Device> devices) {
    this(devices, new World(new StreetBus(seed, every, List.of()), site, devices, Set.of()));
  }

  /**
   * One whose devices speak over wires of their own: {@link Fault#OF_THE_WIRE} are left to whoever
   * plays those.
   */
  public static SteppedStreet overWires(long seed, Site site, List<Device> devices) {
    var bus = new StreetBus(seed, STEP, List.of());
    return new SteppedStreet(devices, new World(bus, site, devices, Fault.OF_THE_WIRE));
  }

  /** Whether devices of that asset's kind can be played. */
  public static boolean knows(Asset asset) {
    return World.knows(asset);
  }

  /** Lives until then, and says what its devices say. */
  public List<Delivery> step(Instant now) {
    return world.step(now);
  }

  /** What struck that asset when the street was last stepped. */
  public Set<Fault> faults(String asset) {
    return world.faults(asset);
  }

  /** Lets the asset have any fault that it can have. */
  public void strike(String asset, int which, Duration lasts) {
    var kind =
        devices.stream()
            .map(Device::asset)
            .filter(found -> found.id().equals(asset))
            .findFirst()
            .orElseThrow()
            .kind()
            .name();
    var fitting = List.of(Fault.values()).stream().filter(fault -> fault.strikes(kind)).toList();
    world.strike(fitting.get(which % fitting.size()), asset, lasts);
  }

  /** Lets the asset have the fault of that word from the next step on. */
  public void strike(String asset, String word, Duration lasts) {
    world.strike(Objects.requireNonNull(Fault.of(word), word), asset, lasts);
  }

  /** Every fault that there is, by its word. */
  public static List<String> faults() {
    return Fault.words();
  }

  @Override
  public boolean has(String device, String quantity) {
    return devices.stream()
        .filter(known -> known.address().equals(device))
        .anyMatch(known -> Orders.has(known.asset().kind().name(), quantity));
  }

  @Override
  public void move(String device, String quantity, Value value) throws DeviceException {
    world.move(device, quantity, value);
  }
}
