package org.kerbside.drivers.modbus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of one Modbus line. One thread asks them in turn, writes what is ordered, and opens
 * the line again when it is lost; a platform thread, since a serial port's calls go native.
 */
public final class ModbusField implements Driver, Outputs {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusField.class);
  private static final Duration JOIN = Duration.ofMillis(1_800);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  // A connection over which nobody answered so often may be half open.
  private static final int DEAF = 6;

  private final ModbusBus bus;
  private final Map<String, Talk> talks = new HashMap<>(); // by address
  private final List<Turn> turns = new ArrayList<>();
  private final Orders orders = new Orders();

  private volatile boolean open; // from open to close
  private @Nullable Thread thread;
  private String told = ""; // the bus's thread's: why the line is gone, once it was said

  /**
   * Opens nothing yet.
   *
   * @param devices that {@link ModbusBus#check} found good
   */
  public ModbusField(ModbusBus bus, List<Device> devices) {
    this.bus = bus;
    for (var device : devices) {
      var talk = talk(device);
      talks.put(device.address(), talk);
      turns.add(new Turn(talk, bus.every(talk.profile()), bus.retries(), System.nanoTime()));
    }
  }

  private static Talk talk(Device device) {
    var unit = DeviceCheck.unit(device);
    var written = device.profile();
    var profile = written == null ? null : ModbusProfile.read(written, new Mistakes());
    if (unit == null || profile == null) {
      throw new IllegalArgumentException("%s was not checked".formatted(device.at()));
    }
    var points = device.asset().points().stream().map(Point::name).collect(Collectors.toSet());
    return new Talk(device.address(), unit, profile.only(points));
  }

  @Override
  public synchronized void open(Inlet inlet) {
    open = true;
    orderSafe();
    var rounds = new Rounds(turns, orders, inlet, System::nanoTime, bus.timeout());
    thread = Thread.ofPlatform().name("modbus-" + bus.name()).daemon().start(() -> run(rounds));
  }

  @Override
  public void move(String device, String quantity, Value value) throws DeviceException {
    var slot = slot(device, quantity);
    if (slot == null) {
      throw new DeviceException.Refused("%s has no output '%s'".formatted(device, quantity));
    }
    orders.put(new Orders.Order(device, quantity, Writes.request(slot, value)));
  }

  @Override
  public boolean has(String device, String quantity) {
    var slot = slot(device, quantity);
    return slot != null && slot.output() != null;
  }

  /** What was ordered is still written, and what has a safe value is set to it. */
  @Override
  public synchronized void close() {
    var running = thread;
    if (running == null) {
      return;
    }
    orderSafe();
    open = false;
    running.interrupt();
    try {
      if (!running.join(JOIN)) {
        LOG.warn("bus {}: does not stop within {} ms", bus.name(), JOIN.toMillis());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  private @Nullable Slot slot(String device, String quantity) {
    var talk = talks.get(device);
    return talk == null ? null : talk.profile().slot(quantity);
  }

  private void orderSafe() {
    talks
        .values()
        .forEach(
            talk ->
                talk.profile().slots().stream()
                    .filter(slot -> slot.output() != null && slot.output().safe() != null)
                    .forEach(slot -> orderSafe(talk.address(), slot)));
  }

  private void orderSafe(String device, Slot slot) {
    var output = slot.output();
    if (output == null || output.safe() == null) {
      return;
    }
    try {
      orders.put(new Orders.Order(device, slot.quantity(), Writes.request(slot, output.safe())));
    } catch (DeviceException never) {
      throw new IllegalStateException(never); // The profile's reader has tried it.
    }
  }

  private void run(Rounds rounds) {
    var backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    while (open) {
      connect(rounds, backoff);
      try {
        if (open) {
          Thread.sleep(backoff.next());
        }
      } catch (InterruptedException closing) {
        // The flag says so.
      }
    }
  }

  /** One opening of the line from its begin to its end. */
  private void connect(Rounds rounds, Backoff backoff) {
    try (var wire = bus.place().open(System::nanoTime)) {
      if (told.isEmpty()) {
        LOG.info("bus {}: {} is open", bus.name(), bus.place());
      }
      poll(rounds, wire, backoff);
    } catch (IOException lost) {
      String problem = String.valueOf(lost.getMessage());
      if (open && !problem.equals(told)) {
        LOG.warn("bus {}: {}: {}; trying again", bus.name(), bus.place(), problem);
        rounds.lost();
        told = problem;
      }
    } catch (InterruptedException closing) {
      // The flag says so.
    }
  }

  /** Until we close, or nobody answers on a connection: it may be half open. */
  private void poll(Rounds rounds, Wire wire, Backoff backoff)
      throws IOException, InterruptedException {
    try {
      rounds.begin();
      while (open && !(bus.place().isConnection() && rounds.unanswered() >= DEAF)) {
        var idle = rounds.turn(wire);
        if (rounds.unanswered() == 0) {
          backoff.reset();
          told = "";
        }
        orders.await(idle);
      }
    } finally {
      if (!open) {
        farewell(rounds, wire);
      }
    }
  }

  private void farewell(Rounds rounds, Wire wire) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    while (!orders.isEmpty() && System.nanoTime() < deadline) {
      rounds.turn(wire);
    }
  }
}
