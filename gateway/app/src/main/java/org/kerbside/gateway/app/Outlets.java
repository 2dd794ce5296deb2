package org.kerbside.gateway.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Move;
import org.kerbside.gateway.model.Point;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a move to its driver. Belongs to control's thread. */
final class Outlets {

  private static final Logger LOG = LoggerFactory.getLogger(Outlets.class);

  private record Outlet(String name, Outputs bus, String device) {}

  private final Map<Point, Outlet> outlets = new HashMap<>();

  /**
   * @param buses those that have outputs, by name
   */
  Outlets(List<Device> devices, Map<String, Outputs> buses) {
    for (var device : devices) {
      var bus = buses.get(device.bus());
      if (bus != null) {
        var outlet = new Outlet(device.bus(), bus, device.address());
        device.asset().points().stream()
            .filter(point -> point.spec().isWritable() && bus.has(device.address(), point.name()))
            .forEach(point -> outlets.put(point, outlet));
      }
    }
  }

  /** Whether something is wired to it. */
  boolean reaches(Point point) {
    return outlets.containsKey(point);
  }

  /** Whether something on one of these buses is wired to it. */
  boolean reaches(Point point, Set<String> buses) {
    var outlet = outlets.get(point);
    return outlet != null && buses.contains(outlet.name());
  }

  /** Hands a move over; returns why it was not made, or null when it was. */
  @Nullable String move(Move move) {
    var outlet = outlets.get(move.point());
    if (outlet == null) {
      return null; // Nothing is wired to it: the site observes this point and does not move it.
    }
    try {
      outlet.bus().move(outlet.device(), move.point().name(), move.value());
      return null;
    } catch (DeviceException refused) {
      return refused.getMessage();
    } catch (RuntimeException mistake) {
      // One driver's mistake is no reason to leave every other output unattended.
      LOG.error("{}: not moved, by a mistake of its driver", move.point(), mistake);
      return "a mistake of its driver: " + mistake;
    }
  }
}
