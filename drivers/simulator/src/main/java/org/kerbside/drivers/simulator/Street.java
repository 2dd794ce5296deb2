package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Faulty;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Living;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated street as a bus. Its address is the asset's id, or what stands behind the slash of
 * {@code at}. One thread steps the world at whole multiples of a step of site time; beyond 100
 * steps a real second the step grows. Where the machine or the intake lags more than 60 steps, the
 * time between is passed in one. Orders and faults act at the next step.
 */
public final class Street implements Driver, Outputs, Faulty, Living {

  private static final Logger LOG = LoggerFactory.getLogger(Street.class);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
  private static final int MOST_BEHIND = 60; // steps
  private static final int MOST_WAITING = 1000; // orders and faults
  private static final Duration JOIN = Duration.ofSeconds(2);

  private final StreetBus bus;
  private final Site site;
  private final List<Device> devices;
  private final Clock clock;
  private final BlockingQueue<Act> acts = new ArrayBlockingQueue<>(MOST_WAITING);
  private @Nullable Thread thread;

  public Street(StreetBus bus, Site site, List<Device> devices, Clock clock) {
    this.bus = bus;
    this.site = site;
    this.devices = List.copyOf(devices);
    this.clock = clock;
  }

  /** What others want of the world; done on its thread. */
  private sealed interface Act {

    record Move(String address, String quantity, Value value) implements Act {}

    record Strike(Fault fault, String asset, Duration lasts) implements Act {}
  }

  @Override
  public synchronized void open(Inlet inlet) throws DeviceException {
    for (var planned : bus.faults()) {
      String problem = StreetBus.problem(planned.fault(), planned.asset().text(), devices);
      if (problem != null) {
        throw new DeviceException.Refused("simulator: " + problem);
      }
    }
    for (var device : devices) {
      if (!World.knows(device.asset())) {
        inlet.report(
            "unknown-device",
            device.address(),
            "the street cannot play a '%s'".formatted(device.asset().kind().name()));
      }
    }
    var world = new World(bus, site, devices);
    thread = Thread.ofPlatform().name("street").daemon().start(() -> run(world, inlet));
  }

  @Override
  public void move(String device, String quantity, Value value) throws DeviceException {
    var target = at(device);
    String problem = Orders.problem(target.asset().kind().name(), quantity, value);
    if (problem != null) {
      throw new DeviceException.Refused("%s: %s".formatted(device, problem));
    }
    want(new Act.Move(device, quantity, value), device);
  }

  @Override
  public boolean has(String device, String quantity) {
    return devices.stream()
        .filter(known -> known.address().equals(device))
        .anyMatch(known -> Orders.has(known.asset().kind().name(), quantity));
  }

  @Override
  public Map<String, List<String>> faults() {
    var faults = new LinkedHashMap<String, List<String>>();
    for (var device : devices) {
      faults.put(device.asset().id(), Fault.words(device.asset().kind().name()));
    }
    return faults;
  }

  @Override
  public void fault(String asset, String fault, Duration lasts) throws DeviceException {
    var known = Fault.of(fault);
    if (known == null) {
      throw new DeviceException.Refused(
          "%s: '%s' is no fault: expected %s"
              .formatted(asset, fault, String.join(", ", Fault.words())));
    }
    String problem = StreetBus.problem(known, asset, devices);
    if (problem != null) {
      throw new DeviceException.Refused("%s: %s".formatted(asset, problem));
    }
    want(new Act.Strike(known, asset, lasts), asset);
  }

  @Override
  public synchronized boolean lives() {
    return thread == null || thread.isAlive();
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
      try {
        if (!thread.join(JOIN)) {
          LOG.warn("street: does not stop within {} s", JOIN.toSeconds());
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
      thread = null;
    }
  }

  private Device at(String address) throws DeviceException {
    for (var device : devices) {
      if (device.address().equals(address)) {
        return device;
      }
    }
    throw new DeviceException.Refused("no device '%s' on this street".formatted(address));
  }

  private void want(Act act, String who) throws DeviceException {
    if (!acts.offer(act)) {
      throw new DeviceException.Refused("%s: %d orders wait already".formatted(who, MOST_WAITING));
    }
  }

  private void run(World world, Inlet inlet) {
    try {
      var step = step();
      var origin = clock.now();
      var now = floor(origin.wall(), step);
      while (true) {
        act(world);
        for (var delivery : world.step(now)) {
          inlet.put(delivery);
        }
        now = next(now, step, origin);
      }
    } catch (InterruptedException stop) {
      LOG.debug("street: stopped");
    } catch (RuntimeException bug) {
      LOG.error("street: stopped by a mistake of its own", bug);
    }
  }

  private void act(World world) {
    var wanted = new ArrayList<Act>();
    acts.drainTo(wanted);
    for (var act : wanted) {
      switch (act) {
        case Act.Move(var address, var quantity, var value) -> world.move(address, quantity, value);
        case Act.Strike(var fault, var asset, var lasts) -> world.strike(fault, asset, lasts);
      }
    }
  }

  /** Waits for the next step; the one that is due, where several are. */
  private Instant next(Instant last, Duration step, Moment origin) throws InterruptedException {
    var next = last.plus(step);
    // By monotonic time: a street does not jump when somebody sets the cabinet's clock.
    var present = origin.wall().plus(clock.now().since(origin));
    if (present.isBefore(next)) {
      Thread.sleep(clock.real(Duration.between(present, next)));
      return next;
    }
    boolean lost = present.isAfter(last.plus(step.multipliedBy(MOST_BEHIND)));
    return lost ? floor(present, step) : next;
  }

  /** The bus's step, or the multiple of it that takes 10 ms. */
  private Duration step() {
    double real = Math.max(1, clock.real(bus.every()).toNanos());
    return bus.every().multipliedBy((long) Math.ceil(SHORTEST_WAIT.toNanos() / real));
  }

  private static Instant floor(Instant instant, Duration step) {
    long millis = step.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(instant.toEpochMilli(), millis) * millis);
  }
}
