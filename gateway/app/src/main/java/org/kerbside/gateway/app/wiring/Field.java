package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param lines by the name of their bus, in the site's order
 */
record Field(SequencedMap<String, Line> lines, List<Device> devices) {

  /** That of a plan; what goes on from the gateway before is open, and nothing else is yet. */
  static Field of(Plan plan, Running running, Heir heir) {
    var lines = new LinkedHashMap<String, Line>();
    for (var bus : plan.buses()) {
      var open = heir.take(bus.name());
      lines.put(bus.name(), open == null ? new Line(bus.driver().apply(running)) : open);
    }
    return new Field(lines, plan.config().devices());
  }

  SequencedMap<String, Driver> drivers() {
    var drivers = new LinkedHashMap<String, Driver>();
    lines.forEach((bus, line) -> drivers.put(bus, line.driver()));
    return drivers;
  }

  void open(Pipeline pipeline) throws CommandException, InterruptedException {
    for (var line : lines.entrySet()) {
      try {
        line.getValue().lead(pipeline.doorway(line.getKey()));
      } catch (DeviceException e) {
        throw new CommandException(
            Exit.MISSING_OR_TAKEN,
            "bus %s: %s".formatted(line.getKey(), e.getMessage()),
            "free it, or give the bus another one in the site");
      }
    }
  }

  /** The buses that are open since a gateway before; to be asked before all are opened. */
  Set<String> goingOn() {
    return lines.entrySet().stream()
        .filter(line -> line.getValue().isOpen())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The buses that the heir goes on with. */
  Set<String> goOn(Plan plan, Heir heir) {
    return lines.keySet().stream()
        .filter(bus -> heir.goesOn(bus, plan))
        .collect(Collectors.toSet());
  }

  /** Every bus delivers nothing more: it is handed over where it goes on, and else it is closed. */
  void end(Set<String> goOn, Heir heir) throws InterruptedException {
    for (var line : lines.entrySet()) {
      if (goOn.contains(line.getKey())) {
        line.getValue().hold();
        heir.give(line.getKey(), line.getValue());
      } else {
        Gateway.close(line.getValue().driver());
      }
    }
  }

  /** Those that can move something, by their bus. */
  Map<String, Outputs> outputs() {
    var outputs = new LinkedHashMap<String, Outputs>();
    drivers()
        .forEach(
            (name, driver) -> {
              if (driver instanceof Outputs has) {
                outputs.put(name, has);
              }
            });
    return outputs;
  }

  /** A look past the pipeline. */
  Looking looking() {
    return new Looking(drivers(), devices);
  }

  /** The faults that simulated devices play. */
  Simulating simulating() {
    var played = new ArrayList<Faulty>();
    for (var driver : drivers().values()) {
      if (driver instanceof Faulty street) {
        played.add(street);
      }
    }
    return new Simulating(played);
  }

  /** Of every bus that can tell that it goes on. */
  List<Sign> signs() {
    var signs = new ArrayList<Sign>();
    drivers()
        .forEach(
            (bus, driver) -> {
              if (driver instanceof Living living) {
                signs.add(Sign.living("bus " + bus, living.lives()));
              }
            });
    return signs;
  }
}
