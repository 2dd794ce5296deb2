package org.kerbside.deploy.demo.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Faulty;
import org.kerbside.drivers.simulator.Fault;
import org.kerbside.drivers.simulator.SteppedStreet;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Value;

/** The street behind all doors, each asset by its own name. From any thread. */
final class Play implements Faulty {

  /** Buses whose devices tell no time of their own. */
  private static final Set<String> CLOCKLESS = Set.of("modbus", "board");

  private final List<Device> cast;
  private final Set<String> timed = new HashSet<>(); // assets with a device that has a clock
  private final SteppedStreet street; // guarded by this

  Play(long seed, SiteConfig config) {
    cast = cast(config.assets());
    for (var bus : config.buses()) {
      if (!CLOCKLESS.contains(bus.driver().text())) {
        config.devices().stream()
            .filter(device -> device.bus().equals(bus.name().text()))
            .forEach(device -> timed.add(device.asset().id()));
      }
    }
    street = SteppedStreet.overWires(seed, config.site(), cast);
  }

  private static List<Device> cast(List<Asset> assets) {
    var cast = new ArrayList<Device>();
    for (var asset : assets) {
      if (SteppedStreet.knows(asset)) {
        var at = new Text("street/" + asset.id(), Mark.of("peers", asset.id()), Text.Style.PLAIN);
        cast.add(new Device("street", asset.id(), at, asset, null));
      }
    }
    return List.copyOf(cast);
  }

  /** Lets time pass until then, and tells what was measured. */
  synchronized List<Delivery> step(Instant now) {
    return street.step(now);
  }

  /** Moves an output of an asset; what it does not have is left alone. */
  synchronized void move(String asset, String quantity, Value value) {
    try {
      if (street.has(asset, quantity)) {
        street.move(asset, quantity, value);
      }
    } catch (DeviceException refused) {
      throw new IllegalStateException(refused); // a stepped street refuses nothing that it has
    }
  }

  /** Whether that fault strikes the asset now. */
  synchronized boolean has(String asset, Fault fault) {
    return street.faults(asset).contains(fault);
  }

  /** What its own clock shows when it is {@code now}. */
  Instant clock(String asset, Instant now) {
    if (has(asset, Fault.CLOCK_AHEAD)) {
      return now.plus(Fault.AHEAD);
    }
    return has(asset, Fault.CLOCK_BEHIND) ? now.minus(Fault.BEHIND) : now;
  }

  @Override
  public Map<String, List<String>> faults() {
    var faults = new LinkedHashMap<String, List<String>>();
    for (var device : cast) {
      faults.put(device.asset().id(), faults(device.asset()));
    }
    return faults;
  }

  /** No clock can be wrong where there is none. */
  private List<String> faults(Asset asset) {
    var all = new ArrayList<>(Fault.words(asset.kind().name()));
    if (!timed.contains(asset.id())) {
      all.removeAll(List.of(Fault.CLOCK_AHEAD.word(), Fault.CLOCK_BEHIND.word()));
    }
    return all;
  }

  @Override
  public synchronized void fault(String asset, String fault, Duration lasts) {
    street.strike(asset, fault, lasts);
  }

  /** The names of those that are played. */
  Set<String> assets() {
    return faults().keySet();
  }
}
