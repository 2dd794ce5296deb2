package org.kerbside.drivers.modbus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

/** Whether the devices of a bus can be talked to, and what they tell fits their assets. */
final class DeviceCheck {

  static final int MOST_UNIT = 247; // Modbus over Serial Line V1.02, 2.2

  private static final double FULL = 1;
  private static final double BUSY = 0.7;

  private final ModbusBus bus;
  private final Mistakes mistakes;
  private final @Nullable Load load; // of a serial line
  private final Map<String, @Nullable ModbusProfile> profiles = new HashMap<>(); // by name
  private final Set<String> told = new HashSet<>(); // profile and kind that do not fit

  DeviceCheck(ModbusBus bus, Mistakes mistakes) {
    this.bus = bus;
    var line = bus.place().line();
    this.load = line == null ? null : new Load(line);
    this.mistakes = mistakes;
  }

  void check(List<Device> devices) {
    for (var device : devices) {
      checkUnit(device);
      var profile = profile(device);
      if (profile != null) {
        checkPoints(device, profile);
        if (load != null) {
          load.add(profile.only(device).reads(), bus.every(profile));
        }
      }
    }
    if (load != null) {
      checkLoad(load.share());
    }
  }

  private void checkLoad(double share) {
    if (share > BUSY) {
      mistakes.add(
          bus.mark(),
          share > FULL ? "E206" : "W206",
          "bus '%s' is %.0f %% busy".formatted(bus.name(), 100 * share),
          "ask less often (every: 30s), set the line faster, or give it a second bus");
    }
  }

  private void checkUnit(Device device) {
    if (unit(device.address()) == null) {
      int slash = device.bus().codePointCount(0, device.bus().length()) + 1;
      mistakes.add(
          device.at().mark().part(slash, device.at().mark().length() - slash),
          "E104",
          "'%s' is no address on a Modbus line".formatted(device.address()),
          "write the device's number, 1 to %d".formatted(MOST_UNIT));
    }
  }

  private @Nullable ModbusProfile profile(Device device) {
    var written = device.profile();
    if (written == null) {
      mistakes.add(
          device.at().mark(),
          "E001",
          "'profile' is missing",
          "a Modbus device does not say what it measures: add profile: sdm120");
      return null;
    }
    String name = written.name().text();
    if (!profiles.containsKey(name)) {
      profiles.put(name, ModbusProfile.read(written, mistakes));
    }
    return profiles.get(name);
  }

  private void checkPoints(Device device, ModbusProfile profile) {
    var asset = device.asset();
    boolean shares = false;
    for (var slot : profile.slots()) {
      var point = asset.point(slot.quantity());
      if (point != null) {
        shares = true;
        checkFit(device, slot, point);
      }
    }
    if (!shares) {
      mistakes.add(
          device.at().mark(),
          "E404",
          "profile '%s' measures nothing that '%s' has a point for"
              .formatted(profile.name(), asset.id()),
          "it measures %s; a %s has %s"
              .formatted(quantities(profile), asset.kind().name(), points(asset)));
    }
  }

  private void checkFit(Device device, Slot slot, Point point) {
    var profile = device.profile();
    String problem = misfit(slot.meaning(), point);
    if (profile != null
        && problem != null
        && told.add(profile.name() + " " + slot.quantity() + " " + device.asset().kind().name())) {
      var points = profile.own().section("points");
      mistakes.add(
          points == null ? profile.name().mark() : points.markOf(slot.quantity()),
          "E102",
          "'%s' of a %s %s".formatted(slot.quantity(), device.asset().kind().name(), problem),
          "see what the kind's points are, or give this one another name");
    }
  }

  /** Why the one does not go into the other; null where it does. */
  private static @Nullable String misfit(Meaning meaning, Point point) {
    var type = point.spec().type();
    return switch (meaning) {
      case Meaning.Measure number ->
          type != PointType.NUM && type != PointType.COUNTER
              ? "is no number"
              : fits(number, point)
                  ? null
                  : "is in %s, here it is in %s".formatted(point.unit(), number.unit());
      case Meaning.Flag flag -> type == PointType.FLAG ? null : "is no flag";
      case Meaning.Bit bit -> type == PointType.FLAG ? null : "is no flag";
      case Meaning.Words(var words) ->
          type == PointType.STATE && point.spec().words().containsAll(words.values())
              ? null
              : "has no such words: it has %s".formatted(point.spec().words());
    };
  }

  /** A gas told as a share of the air is screened into a mass. */
  private static boolean fits(Meaning.Measure number, Point point) {
    var unit = number.unit();
    return unit == null
        || unit.fits(point.unit())
        || (unit.equals(Unit.PPM) && point.unit().equals(Unit.MICROGRAM));
  }

  private static String quantities(ModbusProfile profile) {
    return profile.slots().stream().map(Slot::quantity).collect(Collectors.joining(", "));
  }

  private static String points(Asset asset) {
    return asset.points().stream().map(Point::name).collect(Collectors.joining(", "));
  }

  /** The unit's number; null where the address is none. */
  static @Nullable Integer unit(String address) {
    var number = Wholes.of(address);
    return number == null || number < 1 || number > MOST_UNIT ? null : number.intValue();
  }
}
