package org.kerbside.drivers.board;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.Quantity;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/** Tells of what is wrong with the chips on a wire. */
final class ChipCheck {

  private final Place.Wires place;
  private final Map<String, Chip<Section>> chips;
  private final Mistakes mistakes;
  private final Map<String, @Nullable ChipProfile> profiles = new HashMap<>();

  ChipCheck(Place.Wires place, Map<String, Chip<Section>> chips, Mistakes mistakes) {
    this.place = place;
    this.chips = chips;
    this.mistakes = mistakes;
  }

  void check(List<Device> devices) {
    devices.forEach(this::check);
    if (place instanceof Place.Uart && devices.size() > 1) {
      mistakes.add(
          devices.get(1).at().mark(),
          "E203",
          "a serial port is one device's: '%s' has '%s' already"
              .formatted(devices.get(1).bus(), devices.getFirst().at()),
          "give it a port of its own");
    }
  }

  private void check(Device device) {
    var profile = profile(device);
    if (profile == null) {
      return;
    }
    switch (profile.model()) {
      case ChipProfile.Model.OnI2c on when place instanceof Place.I2cBus ->
          checkAddress(device, on.chip().addresses());
      case ChipProfile.Model.OnLine on when place instanceof Place.Uart -> {}
      case ChipProfile.Model other ->
          mistakes.add(
              device.at().mark(),
              "E201",
              "it is no device for %s".formatted(place),
              "put it on a bus of %s"
                  .formatted(place instanceof Place.Uart ? "i2c: 1" : "serial: /dev/ttyAMA2"));
    }
    checkPoints(device, profile);
  }

  private @Nullable ChipProfile profile(Device device) {
    var written = device.profile();
    if (written == null) {
      mistakes.add(
          device.at().mark(),
          "E001",
          "'profile' is missing",
          "a chip does not say what it is: add profile: sht31");
      return null;
    }
    var name = written.name().text();
    if (!profiles.containsKey(name)) {
      profiles.put(name, ChipProfile.read(written, chips, mistakes));
    }
    return profiles.get(name);
  }

  private void checkAddress(Device device, List<Integer> addresses) {
    var address = Whole.address(device.address());
    if (address == null || !addresses.contains(address)) {
      mistakes.add(
          device.at().mark(),
          "E104",
          "'%s' is no address of this chip".formatted(device.address()),
          "it can have %s"
              .formatted(
                  addresses.stream().map("0x%02x"::formatted).collect(Collectors.joining(", "))));
    }
  }

  private void checkPoints(Device device, ChipProfile profile) {
    var quantities = profile.quantities(device);
    if (quantities.isEmpty()) {
      mistakes.add(
          device.at().mark(),
          "E404",
          "it measures nothing that '%s' has a point for".formatted(device.asset().id()),
          "it measures %s; a %s has %s"
              .formatted(
                  profile.model().quantities().stream()
                      .map(Quantity::name)
                      .collect(Collectors.joining(", ")),
                  device.asset().kind().name(),
                  points(device.asset())));
    }
    for (var quantity : quantities) {
      var point = device.asset().point(quantity.name());
      var problem = point == null ? null : quantity.misfit(point);
      if (problem != null) {
        mistakes.add(
            device.at().mark(),
            "E102",
            "'%s' %s".formatted(point, problem),
            "see what the kind's points are, or choose another chip");
      }
    }
  }

  private static String points(Asset asset) {
    return asset.points().stream().map(Point::name).collect(Collectors.joining(", "));
  }
}
