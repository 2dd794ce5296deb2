package org.kerbside.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.SettingSpec;
import org.kerbside.gateway.model.SettingSpec.Shape;

/**
 * Reads which hardware speaks for an asset: {@code at: bus/address} and {@code profile}, and what
 * single points of it are wired to.
 */
final class Devices {

  private final Buses buses;
  private final Profiles profiles;
  private final Overlay overlay;
  private final Mistakes mistakes;
  private final List<Device> found = new ArrayList<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Text> wires = new HashMap<>(); // by point, where it has its own
  private final Map<String, List<Text>> lost = new LinkedHashMap<>();

  Devices(Buses buses, Profiles profiles, Overlay overlay, Mistakes mistakes) {
    this.buses = buses;
    this.profiles = profiles;
    this.overlay = overlay;
    this.mistakes = mistakes;
  }

  void read(Section own, Asset asset) {
    for (var device : own.sections("devices")) {
      one(device, device.required("at", "rs485-a/31"), asset, point(device, asset));
      device.refuseOthers("'devices'");
    }
    wired(own, asset.kind().settings(), asset);
    boolean needed = asset.kind().device() == Kind.Device.REQUIRED || own.has("profile");
    boolean required = needed && !own.has("devices");
    one(own, required ? own.required("at", "bus/address") : own.text("at"), asset, null);
  }

  /** The one point that a device speaks for, where the site says so. */
  private @Nullable String point(Section device, Asset asset) {
    var written = device.text("point");
    if (written == null || asset.point(written.text()) != null) {
      return written == null ? null : written.text();
    }
    mistakes.add(
        written.mark(),
        "E404",
        "'%s' has no point '%s'".formatted(asset.id(), written),
        Nearest.help(written.text(), asset.points().stream().map(Point::name).toList()));
    return null;
  }

  /** What single points are wired to: {@code valve: gpio/24}. */
  private void wired(Section own, List<SettingSpec> settings, Asset asset) {
    for (var spec : settings) {
      switch (spec.shape()) {
        case Shape.Wired wire -> wired(own, spec.name(), wire, asset);
        case Shape.Group(var inner) when own.node(spec.name()) instanceof Node.Mapping(var group) ->
            wired(group, inner, asset);
        case Shape other -> {}
      }
    }
  }

  private void wired(Section own, String key, Shape.Wired wire, Asset asset) {
    // Inside a group the device's profile stands beside its address.
    var section =
        own.node(key) instanceof Node.Mapping(var written)
            ? written
            : key.equals("at") ? own : null;
    var at = section == null ? own.text(key) : section.text("at");
    if (section != null && section != own) {
      section.required("at", "gpio/17");
      section.text("profile");
      section.refuseOthers("'%s'".formatted(key));
    }
    if (at != null) {
      var name = section == null ? null : section.text("profile");
      one(name == null ? at.with(wire.profile()) : name, at, asset, wire.point());
    }
  }

  private void one(Section own, @Nullable Text at, Asset asset, @Nullable String point) {
    one(own.text("profile"), at, asset, point);
  }

  private void one(@Nullable Text name, @Nullable Text at, Asset asset, @Nullable String point) {
    var profile = name == null ? null : profiles.find(name, mistakes);
    if (at == null || mistakes.isTold(at.mark())) {
      return;
    }
    int slash = at.text().indexOf('/');
    if (slash < 1 || slash == at.text().length() - 1) {
      mistakes.add(
          at.mark(), "E104", "'%s' is not bus/address".formatted(at), "write for example field/a1");
      return;
    }
    var bus = at.text().substring(0, slash);
    if (buses.names().contains(bus)) {
      claim(at, asset);
      claim(at, asset, point);
      checkSpeech(name, profile, bus);
      var bound = overlay.bound(asset.id(), at.text());
      found.add(new Device(bus, at.text().substring(slash + 1), at, asset, profile, point, bound));
    } else {
      lost.computeIfAbsent(bus, _ -> new ArrayList<>()).add(at);
    }
  }

  private void claim(Text at, Asset asset) {
    var owner = owners.putIfAbsent(at.text(), asset.id());
    if (owner != null) {
      mistakes.add(
          at.mark(),
          "E203",
          "'%s' is the address of '%s' already".formatted(at, owner),
          "each device has an address of its own");
    }
  }

  /** What one point is wired to is one thing. */
  private void claim(Text at, Asset asset, @Nullable String point) {
    if (point == null) {
      return;
    }
    var id = asset.id() + "/" + point;
    var earlier = wires.putIfAbsent(id, at);
    if (earlier != null) {
      mistakes.add(
          at.mark(),
          "E205",
          "'%s' is wired to '%s' already".formatted(id, earlier),
          "a point is one device's; remove one of them");
    }
  }

  /** A simulated bus makes any device up; a real one speaks its own protocol only. */
  private void checkSpeech(@Nullable Text name, @Nullable Profile profile, String busName) {
    var bus = buses.byName().get(busName);
    if (name == null || profile == null || bus == null) {
      return;
    }
    var spoken = bus.driver().text();
    if (!spoken.equals(Buses.SIMULATOR) && !spoken.equals(profile.driver().text())) {
      mistakes.add(
          name.mark(),
          "E201",
          "profile '%s' is for driver '%s', bus '%s' has '%s'"
              .formatted(name, profile.driver(), busName, spoken),
          "choose another profile or another bus");
    }
  }

  /** Every device that can be reached, once all assets are read. */
  List<Device> all() {
    lost.forEach(this::tellLost);
    lost.clear();
    return found.stream().filter(this::isPlayedOnce).toList();
  }

  /** A simulated street plays an asset as a whole, whatever its points are wired to. */
  private boolean isPlayedOnce(Device device) {
    return device.point() == null
        || !isSimulated(device)
        || found.stream()
            .filter(other -> other.asset().equals(device.asset()) && isSimulated(other))
            .allMatch(
                other -> other.point() != null && found.indexOf(other) >= found.indexOf(device));
  }

  private boolean isSimulated(Device device) {
    var bus = buses.byName().get(device.bus());
    return bus != null && bus.driver().text().equals(Buses.SIMULATOR);
  }

  /** A missing bus is one mistake, however many devices hang on it. */
  private void tellLost(String bus, List<Text> devices) {
    var first = devices.getFirst().mark();
    mistakes.add(
        first.part(0, Math.min(bus.codePointCount(0, bus.length()), first.length())),
        "E202",
        "there is no bus '%s'; %s"
            .formatted(
                bus,
                devices.size() == 1 ? "1 device names it" : devices.size() + " devices name it"),
        buses.names().isEmpty()
            ? "add it to buses: { %s: { driver: … } }".formatted(bus)
            : Nearest.help(bus, buses.names()));
  }
}
