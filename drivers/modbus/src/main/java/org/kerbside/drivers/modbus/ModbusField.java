package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.drivers.api.Asking;
import org.kerbside.drivers.api.BusThread;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Inspection;
import org.kerbside.drivers.api.Living;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.drivers.api.SerialPorts;
import org.kerbside.gateway.model.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of one Modbus line. One thread asks them in turn, writes what is ordered, and opens
 * the line again when it is lost; a platform thread, since a serial port's calls go native.
 */
public final class ModbusField implements Driver, Outputs, Inspection, Living, Asking {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusField.class);
  private static final Duration LOOK = Duration.ofSeconds(4); // as Inspection promises

  private final ModbusBus bus;
  private final SerialPorts ports;
  private final Supplier<List<Profile>> known;
  private final Inspector inspector;
  private final Map<String, Talk> talks = new HashMap<>(); // by address
  private final List<Turn> turns = new ArrayList<>();
  private final Errands errands = new Errands();

  private final BusThread thread;
  private volatile @Nullable Rounds rounds; // once it is open

  /**
   * Opens nothing yet.
   *
   * @param devices that {@link ModbusBus#check} found good
   * @param ports of this machine
   * @param known every profile that a found device may have; asked for when one is found
   */
  public ModbusField(
      ModbusBus bus, List<Device> devices, SerialPorts ports, Supplier<List<Profile>> known) {
    this.bus = bus;
    thread = new BusThread("modbus-" + bus.name());
    this.known = known;
    this.inspector = new Inspector(errands, bus.place(), LOOK);
    this.ports = ports;
    for (var device : devices) {
      var talk = talk(device);
      talks.put(device.address(), talk);
      turns.add(new Turn(talk, bus.every(talk.profile()), bus.retries(), System.nanoTime()));
    }
  }

  private static Talk talk(Device device) {
    var unit = DeviceCheck.unit(device.address());
    var written = device.profile();
    var profile = written == null ? null : ModbusProfile.read(written, new Mistakes());
    if (unit == null || profile == null) {
      throw new IllegalArgumentException("%s was not checked".formatted(device.at()));
    }
    return new Talk(device.address(), unit, profile.only(device));
  }

  @Override
  public void open(Inlet inlet) throws DeviceException {
    var begun = new Rounds(turns, errands, inlet, System::nanoTime, bus.timeout());
    rounds = begun;
    var opened = new LineKeeper(bus, ports, begun, errands, safe());
    thread.start(opened);
  }

  @Override
  public void move(String device, String quantity, Value value) throws DeviceException {
    var slot = slot(device, quantity);
    if (slot == null) {
      throw new DeviceException.Refused("%s has no output '%s'".formatted(device, quantity));
    }
    errands.put(new Errands.Order(device, quantity, Writes.request(slot, value)));
  }

  @Override
  public boolean has(String device, String quantity) {
    var slot = slot(device, quantity);
    return slot != null && slot.output() != null;
  }

  @Override
  public Look look(String address) throws DeviceException, InterruptedException {
    var talk = talks.get(address);
    if (talk == null) {
      throw new DeviceException.Refused("no device of the site is at '%s'".formatted(address));
    }
    return inspector.look(talk.unit(), talk.profile());
  }

  /** From 1 to 247 (Modbus over Serial Line V1.02, 2.2). */
  @Override
  public List<String> addresses() {
    return IntStream.rangeClosed(1, DeviceCheck.MOST_UNIT).mapToObj(Integer::toString).toList();
  }

  @Override
  public Presence presence(String address) throws DeviceException, InterruptedException {
    var unit = DeviceCheck.unit(address);
    if (unit == null) {
      throw new DeviceException.Refused("'%s' is no address on a Modbus line".formatted(address));
    }
    return inspector.presence(unit, this::readKnown);
  }

  private List<ModbusProfile> readKnown() {
    var profiles = new ArrayList<ModbusProfile>();
    for (var written : known.get()) {
      var profile = ModbusProfile.read(written, new Mistakes());
      if (profile != null) {
        profiles.add(profile);
      }
    }
    return profiles;
  }

  @Override
  public Traffic traffic() {
    var open = rounds;
    return open == null ? new Traffic(0, 0, 0, Duration.ZERO) : open.traffic();
  }

  @Override
  public boolean lives() {
    return thread.lives();
  }

  /** What was ordered is still written, and what has a safe value is set to it. */
  @Override
  public void close() {
    if (!thread.end()) {
      LOG.warn("bus {}: does not stop in time", bus.name());
    }
  }

  private @Nullable Slot slot(String device, String quantity) {
    var talk = talks.get(device);
    return talk == null ? null : talk.profile().slot(quantity);
  }

  /** What makes every output safe that has a safe value. */
  private List<Errands.Order> safe() {
    var orders = new ArrayList<Errands.Order>();
    for (var talk : talks.values()) {
      for (var slot : talk.profile().slots()) {
        var output = slot.output();
        if (output != null && output.safe() != null) {
          orders.add(order(talk.address(), slot, output.safe()));
        }
      }
    }
    return orders;
  }

  private static Errands.Order order(String device, Slot slot, Value safe) {
    try {
      return new Errands.Order(device, slot.quantity(), Writes.request(slot, safe));
    } catch (DeviceException never) {
      throw new IllegalStateException(never); // The profile's reader has tried it.
    }
  }
}
