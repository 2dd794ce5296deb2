package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Backoff;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.SerialPorts;
import org.kerbside.drivers.api.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chips of one I²C bus, or the device of one serial port. One platform thread asks them in
 * turn, since every call goes native.
 */
public final class ChipField implements Driver {

  private static final Logger LOG = LoggerFactory.getLogger(ChipField.class);
  private static final Duration JOIN = Duration.ofMillis(1_800);

  private final BoardBus bus;
  private final Place.Wires place;
  private final Wires wires;
  private final LongSupplier nanos;
  private final List<Station> stations = new ArrayList<>();

  private @Nullable ChipKeeper keeper; // these two from open to close
  private @Nullable Thread thread;

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
    this(bus, place, devices, chips, new Wires(place, hardware, ports), nanos);
  }

  ChipField(
      BoardBus bus,
      Place.Wires place,
      List<Device> devices,
      Map<String, Chip<Section>> chips,
      Wires wires,
      LongSupplier nanos) {
    this.bus = bus;
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
  public synchronized void open(Inlet inlet) throws DeviceException {
    var backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    var opened = new ChipKeeper(bus.name(), place, stations, inlet, nanos, backoff);
    keeper = opened;
    thread = Thread.ofPlatform().name("board-" + bus.name()).daemon().start(opened);
  }

  @Override
  public synchronized void close() {
    var running = thread;
    if (running == null || keeper == null) {
      return;
    }
    keeper.end();
    running.interrupt();
    try {
      if (!running.join(JOIN)) {
        LOG.warn("bus {}: does not stop within {} ms", bus.name(), JOIN.toMillis());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    thread = null;
    keeper = null;
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
