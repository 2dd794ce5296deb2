package org.kerbside.drivers.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Site;

/** Makes a body of each asset, and connects those that share air, wires or water. */
final class Bodies {

  static final Set<String> KINDS =
      Set.of(
          "toilet", "stall", "air", "bin", "lamp", "feeder", "zone", "master", "weather", "dust",
          "manhole", "cabinet");

  private final long seed;
  private final Site site;
  private final Map<String, Stall> stalls = new LinkedHashMap<>();
  private final Map<String, Circuit> circuits = new HashMap<>();
  private final Map<String, Toilet> toilets = new HashMap<>();
  private final List<Device> devices;

  Bodies(long seed, Site site, List<Device> devices) {
    this.seed = seed;
    this.site = site;
    this.devices = List.copyOf(devices);
    for (var device : devices) {
      var asset = device.asset();
      if (asset.kind().name().equals("stall")) {
        var visits = new Visits(Chance.of(seed, asset.id(), "visits"), site.zone());
        stalls.put(asset.id(), new Stall(seed, asset.id(), visits));
      }
      circuits.put(asset.id(), new Circuit());
    }
    for (var device : devices) {
      var asset = device.asset();
      if (asset.kind().name().equals("toilet")) {
        toilets.put(asset.id(), new Toilet(seed, asset.id(), stallsOf(asset.id())));
      }
    }
  }

  /** Null for a kind that the street cannot play. */
  @Nullable Body of(Asset asset) {
    String id = asset.id();
    return switch (asset.kind().name()) {
      case "stall" -> stalls.get(id);
      case "toilet" -> toilets.get(id);
      case "air" ->
          new Air(
              seed,
              id,
              asset.parent() == null ? List.of() : stallsOf(asset.parent()),
              asset.parent() == null ? null : toilets.get(asset.parent()));
      case "bin" -> new Bin(seed, asset, site.zone());
      case "feeder" -> new Feeder(seed, asset, circuit(id));
      case "lamp" -> new Lamp(seed, asset, circuit(asset.parent()));
      case "master" -> new Master(seed, asset, circuit(id));
      case "zone" -> new Zone(seed, asset, circuit(asset.parent()));
      case "weather" -> new Sky(seed, id);
      case "dust" -> new Dust(seed, id);
      case "manhole" -> new Manhole(seed, id);
      case "cabinet" -> new Box(seed, id);
      default -> null;
    };
  }

  private List<Stall> stallsOf(String toilet) {
    return devices.stream()
        .map(Device::asset)
        .filter(asset -> toilet.equals(asset.parent()))
        .map(asset -> stalls.get(asset.id()))
        .filter(stall -> stall != null)
        .toList();
  }

  /** The parent's, or, where it is not on this bus, one that is always live. */
  private Circuit circuit(@Nullable String parent) {
    var circuit = parent == null ? null : circuits.get(parent);
    return circuit == null ? new Circuit() : circuit;
  }
}
