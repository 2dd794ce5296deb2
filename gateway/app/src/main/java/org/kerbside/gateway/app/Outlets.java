package org.kerbside.gateway.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Move;
import org.kerbside.gateway.model.Point;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a move to its driver. Belongs to control's thread. */
final class Outlets {

  private static final Logger LOG = LoggerFactory.getLogger(Outlets.class);

  private record Outlet(Outputs bus, String device) {}

  private final Map<Point, Outlet> outlets = new HashMap<>();

  /**
   * @param buses those that have outputs, by name
   */
  Outlets(List<Device> devices, Map<String, Outputs> buses) {
    for (var device : devices) {
      var bus = buses.get(device.bus());
      if (bus != null) {
        var outlet = new Outlet(bus, device.address());
        device.asset().points().stream()
            .filter(point -> point.spec().isWritable())
            .forEach(point -> outlets.put(point, outlet));
      }
    }
  }

  /** Hands a move over. One that cannot be made is told; the desk sees that nothing follows. */
  void move(Move move, Moment now, List<Event> events) {
    var outlet = outlets.get(move.point());
    if (outlet == null) {
      LOG.debug("{}: no output behind it, not moved to {}", move.point(), move.value());
      return;
    }
    try {
      outlet.bus().move(outlet.device(), move.point().name(), move.value());
    } catch (DeviceException refused) {
      LOG.warn("{}: {}", move.point(), refused.getMessage());
      events.add(failed(move, now, refused.getMessage()));
    } catch (RuntimeException mistake) {
      // One driver's mistake is no reason to leave every other output unattended.
      LOG.error("{}: not moved, by a mistake of its driver", move.point(), mistake);
      events.add(failed(move, now, "a mistake of its driver: " + mistake));
    }
  }

  private static Event.Health failed(Move move, Moment now, String why) {
    return new Event.Health(now, "move", move.point().toString(), List.of(why));
  }
}
