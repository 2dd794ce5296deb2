package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Faulty;
import org.kerbside.drivers.api.Living;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.app.Sign;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;

/**
 * A site's end to the street: its buses, each with its driver, and the devices on them.
 *
 * @param drivers by the name of their bus, in the site's order
 */
record Field(SequencedMap<String, Driver> drivers, List<Device> devices) {

  /** That of a plan; nothing is open yet. */
  static Field of(Plan plan, Running running) {
    var drivers = new LinkedHashMap<String, Driver>();
    for (var bus : plan.buses()) {
      drivers.put(bus.name(), bus.driver().apply(running));
    }
    return new Field(drivers, plan.config().devices());
  }

  void open(Pipeline pipeline) throws CommandException {
    for (var driver : drivers.entrySet()) {
      try {
        driver.getValue().open(pipeline.doorway(driver.getKey()));
      } catch (DeviceException e) {
        throw new CommandException(
            Exit.MISSING_OR_TAKEN,
            "bus %s: %s".formatted(driver.getKey(), e.getMessage()),
            "free it, or give the bus another one in the site");
      }
    }
  }

  /** Those that can move something, by their bus. */
  Map<String, Outputs> outputs() {
    var outputs = new LinkedHashMap<String, Outputs>();
    drivers.forEach(
        (name, driver) -> {
          if (driver instanceof Outputs has) {
            outputs.put(name, has);
          }
        });
    return outputs;
  }

  /** A look past the pipeline. */
  Looking looking() {
    return new Looking(drivers, devices);
  }

  /** The faults that simulated devices play. */
  Simulating simulating() {
    var played = new ArrayList<Faulty>();
    for (var driver : drivers.values()) {
      if (driver instanceof Faulty street) {
        played.add(street);
      }
    }
    return new Simulating(played);
  }

  /** Of every bus that can tell that it goes on. */
  List<Sign> signs() {
    var signs = new ArrayList<Sign>();
    drivers.forEach(
        (bus, driver) -> {
          if (driver instanceof Living living) {
            signs.add(Sign.living("bus " + bus, living.lives()));
          }
        });
    return signs;
  }
}
