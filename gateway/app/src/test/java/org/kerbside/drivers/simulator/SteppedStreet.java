package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Value;

/** The simulator's street, stepped by hand and on nobody's thread. */
public final class SteppedStreet implements Outputs {

  private final List<Device> devices;
  private final World world;

  public SteppedStreet(long seed, Duration every, Site site, List<Device> devices) {
    this.devices = devices;
    world = new World(new StreetBus(seed, every, List.of()), site, devices);
  }

  /** Lives until then, and says what its devices say. */
  public List<Delivery> step(Instant now) {
    return world.step(now);
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
  public void move(String device, String quantity, Value value) throws DeviceException {
    world.move(device, quantity, value);
  }
}
