package org.kerbside.drivers.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Value;

/** The simulator's street, faults and all, without its thread: a test steps it. */
public final class StreetByHand implements Outputs {

  private final World world;
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();

  public StreetByHand(StreetBus bus, Site site, List<Device> devices) {
    world = new World(bus, site, devices);
  }

  /** Does what was ordered, lives until then, and says what its devices say. */
  public List<Delivery> step(Instant now) {
    for (var order = orders.poll(); order != null; order = orders.poll()) {
      order.run();
    }
    return world.step(now);
  }

  @Override
  public void move(String device, String quantity, Value value) {
    orders.add(() -> world.move(device, quantity, value));
  }
}
