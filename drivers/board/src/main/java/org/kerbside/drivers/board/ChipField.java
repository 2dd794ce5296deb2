package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.BusThread;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Inspection;
import org.kerbside.drivers.api.Living;
import org.kerbside.drivers.api.SerialPorts;
import org.kerbside.drivers.api.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chips of one I²C bus, or the device of one serial port. One platform thread asks them in
 * turn, since every call goes native.
 */
public final class ChipField implements Driver, Inspection, Living {

  private static final Logger LOG = LoggerFactory.getLogger(ChipField.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10); // a slow sensor takes two
  private static final int LEAST_ADDRESS = 0x08; // UM10204 3.1.12: the others are reserved
  private static final int MOST_ADDRESS = 0x77;

  private final BoardBus bus;
  private final Place.Wires place;
  private final Wires wires;
  private final LongSupplier nanos;
  private final Map<String, Chip<Section>> chips;
  private final Duration patience;
  private final Questions questions = new Questions();
  private final List<Station> stations = new ArrayList<>();

  private final BusThread thread;

  /**
   * Opens nothing yet.
   *
   * @param devices that {@link BoardBus#check} found good
   * @param chips that are installed, by the name that a profile writes
   * @param nanos monotonic time, real
   */
  public ChipField(
      BoardBus bus,
      Place.Wires place,
      List<Device> devices,
      Map<String, Chip<Section>> chips,
      LinuxHardware hardware,
      SerialPorts ports,
      LongSupplier nanos) {
    this(bus, place, devices, chips, new Wires(place, hardware, ports), nanos, PATIENCE);
  }

  ChipField(
      BoardBus bus,
      Place.Wires place,
      List<Device> devices,
      Map<String, Chip<Section>> chips,
      Wires wires,
      LongSupplier nanos,
      Duration patience) {
    this.bus = bus;
    thread = new BusThread("board-" + bus.name());
    this.chips = Map.copyOf(chips);
    this.patience = patience;
    this.place = place;
    this.wires = wires;
    this.nanos = nanos;
    devices.forEach(device -> stations.add(station(device, chips)));
  }

  private Station station(Device device, Map<String, Chip<Section>> chips) {
    var written = device.profile();
    var profile = written == null ? null : ChipProfile.read(written, chips, new Mistakes());
    if (profile == null) {
      throw new IllegalArgumentException("%s was not checked".formatted(device.at()));
    }
    var poll = new Poll(profile.every(bus), bus.retries(), nanos.getAsLong());
    var address = Whole.address(device.address());
    return new Station(
        device.address(),
        profile.quantities(device),
        poll,
        wires.connector(profile.model(), address == null ? 0 : address, new RealTime()));
  }

  @Override
  public void open(Inlet inlet) throws DeviceException {
    var opened = new ChipKeeper(bus.name(), place, stations, inlet, nanos, questions, patience);
    thread.start(opened);
  }

  @Override
  public Look look(String address) throws DeviceException, InterruptedException {
    for (var station : stations) {
      if (station.address().equals(address)) {
        return questions.ask(station::look);
      }
    }
    throw new Refused("no device of the site is at '%s'".formatted(address));
  }

  /** In hexadecimal, as a data sheet has them, or as the site writes its own; none of a port. */
  @Override
  public List<String> addresses() {
    return switch (place) {
      case Place.Uart _ -> List.of();
      case Place.I2cBus _ ->
          IntStream.rangeClosed(LEAST_ADDRESS, MOST_ADDRESS).mapToObj(this::written).toList();
    };
  }

  private String written(int address) {
    return stations.stream()
        .map(Station::address)
        .filter(own -> Objects.equals(Whole.address(own), address))
        .findFirst()
        .orElseGet(() -> "0x%02x".formatted(address));
  }

  @Override
  public Presence presence(String address) throws DeviceException, InterruptedException {
    var number = Whole.address(address);
    if (number == null || number < LEAST_ADDRESS || number > MOST_ADDRESS) {
      throw new Refused("'%s' is no address on an I²C bus: 0x08 to 0x77".formatted(address));
    }
    boolean isAnybody = questions.ask(() -> wires.isAnybody(number));
    return isAnybody ? new Presence.Somebody(likely(number)) : new Presence.Nobody();
  }

  /** Chips that can have that address. */
  private List<String> likely(int address) {
    return chips.entrySet().stream()
        .filter(
            each ->
                each.getValue() instanceof Chip.OnI2c<Section> on
                    && on.addresses().contains(address))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  @Override
  public boolean lives() {
    return thread.lives();
  }

  @Override
  public void close() {
    if (!thread.end()) {
      LOG.warn("bus {}: does not stop in time", bus.name());
    }
  }

  private final class RealTime implements Time {

    @Override
    public Duration now() {
      return Duration.ofNanos(nanos.getAsLong());
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
      Thread.sleep(length);
    }
  }
}
