package org.kerbside.drivers.lorawan;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.MessageBus;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Value;

/** LoRaWAN devices behind ChirpStack v4, by its MQTT integration in JSON. */
public final class LorawanField implements Driver, Outputs {

  private final LorawanBus settings;
  private final MessageBus bus;
  private final Clock clock;
  private final Map<String, Station> stations; // by EUI
  private final Map<String, Wire> wires = new HashMap<>(); // by address as the site writes it

  /** The inlet of the present opening. */
  private volatile @Nullable Inlet inlet;

  private record Wire(Station station, Binding binding) {
    @Nullable Channel output(String quantity) {
      return binding.output(quantity, station.profile);
    }
  }

  /**
   * Opens nothing yet.
   *
   * @param bus is this driver's own from now on
   * @param devices that {@link LorawanBus#check} found good
   * @param ids a new UUID for each downlink
   */
  public LorawanField(
      LorawanBus settings,
      MessageBus bus,
      List<Device> devices,
      Clock clock,
      Supplier<String> ids) {
    this.settings = settings;
    this.bus = bus;
    this.clock = clock;
    this.stations = stations(devices, settings.expiry(), ids);
    for (var station : stations.values()) {
      station.bindings.forEach(binding -> wires.put(binding.address(), new Wire(station, binding)));
    }
  }

  private static Map<String, Station> stations(
      List<Device> devices, Duration expiry, Supplier<String> ids) {
    var bindings = new LinkedHashMap<String, List<Binding>>();
    var profiles = new HashMap<String, LorawanProfile>();
    for (var device : devices) {
      var address = Address.of(device.address());
      if (address == null) {
        throw new IllegalArgumentException("%s was not checked".formatted(device.at()));
      }
      bindings
          .computeIfAbsent(address.eui(), eui -> new ArrayList<>())
          .add(new Binding(device.address(), address.channel(), device.asset()));
      profiles.computeIfAbsent(address.eui(), eui -> profile(device));
    }
    var stations = new HashMap<String, Station>();
    bindings.forEach(
        (eui, own) -> {
          var profile = profiles.get(eui);
          if (profile != null) {
            stations.put(eui, new Station(eui, profile, own, new Downlinks(profile, expiry, ids)));
          }
        });
    return stations;
  }

  private static LorawanProfile profile(Device device) {
    var written = device.profile();
    var read = written == null ? null : LorawanProfile.read(written, new Mistakes());
    if (read == null) {
      throw new IllegalArgumentException(
          "the profile of %s was not checked".formatted(device.at()));
    }
    return read;
  }

  @Override
  public void open(Inlet opened) {
    inlet = opened;
    bus.open(
        List.of(EventTopic.filter(settings.application())),
        new Events(stations, opened, clock, this::door));
  }

  @Override
  public void close() {
    var now = clock.now().sinceBoot();
    stations.values().forEach(station -> station.downlinks.handOver(now, door(station)));
    bus.close();
  }

  @Override
  public boolean has(String device, String quantity) {
    var wire = wires.get(device);
    return wire != null && wire.output(quantity) != null;
  }

  /** Accepted is not done: the device hears it after its next uplink, and then tells its state. */
  @Override
  public void move(String device, String quantity, Value value) throws DeviceException {
    var wire = wires.get(device);
    var output = wire == null ? null : wire.output(quantity);
    if (wire == null || output == null) {
      throw new Refused("%s has no output '%s'".formatted(device, quantity));
    }
    var station = wire.station();
    var telegram = station.profile.telegram(output, value);
    if (telegram == null) {
      throw new Refused("%s: '%s' is on or off: got %s".formatted(device, quantity, value));
    }
    var told =
        station.downlinks.order(output, value, telegram, clock.now().sinceBoot(), door(station));
    var opened = inlet;
    if (opened != null) {
      told.forEach(problem -> opened.report("downlink", device, problem));
    }
  }

  /** Puts a telegram into the server's queue for one device. */
  private Downlinks.Door door(Station station) {
    return (id, telegram) -> {
      String application = settings.application();
      application = application == null ? station.application() : application;
      if (application == null) {
        throw new Unavailable(
            "%s: nothing is heard of it yet, so its application is unknown; write application: UUID"
                .formatted(station.eui));
      }
      bus.publish(EventTopic.down(application, station.eui), command(station, id, telegram));
    };
  }

  private static byte[] command(Station station, String id, Telegram telegram) {
    return "{\"id\":\"%s\",\"devEui\":\"%s\",\"confirmed\":true,\"fPort\":%d,\"data\":\"%s\"}"
        .formatted(
            id,
            station.eui,
            station.profile.port(),
            Base64.getEncoder().encodeToString(telegram.bytes()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
