package org.kerbside.drivers.camel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.picks.JsonLayout;
import org.kerbside.drivers.picks.JsonReader.Aim;
import org.kerbside.drivers.picks.Pick;
import org.kerbside.drivers.picks.PointerTree;
import org.kerbside.gateway.model.Point;

/** The devices of a bus by address, and the one format that all of them speak. */
final class Devices {

  private final Format format;
  private final Map<String, Whose> byAddress = new HashMap<>();

  /**
   * @param devices with profiles that {@link CamelBus#check} found good
   */
  Devices(List<Device> devices) {
    var profiles = new HashMap<String, CamelProfile>();
    for (var device : devices) {
      var written = device.profile();
      var profile =
          profiles.computeIfAbsent(
              written == null ? "" : written.name().text(), _ -> checked(device));
      byAddress.put(device.address(), whose(device, profile.layout()));
    }
    format = profiles.values().stream().findFirst().orElse(CamelProfile.SENML).format();
  }

  private static CamelProfile checked(Device device) {
    var profile = CamelProfile.read(device.profile(), new Mistakes());
    if (profile == null) {
      throw new IllegalArgumentException(
          "the profile of %s was not checked".formatted(device.at()));
    }
    return profile;
  }

  /** A model may tell more than its asset has points for. */
  private static Whose whose(Device device, JsonLayout all) {
    var picks = new ArrayList<Pick>();
    var points = new ArrayList<Point>();
    for (var pick : all.picks()) {
      var point = pick.point() == null ? null : device.asset().point(pick.point());
      if (point != null) {
        picks.add(pick);
        points.add(point);
      }
    }
    var layout = new JsonLayout(picks, all.time(), all.dating());
    return new Whose(device, new Aim(layout, PointerTree.of(layout), points));
  }

  Format format() {
    return format;
  }

  @Nullable Whose at(String address) {
    return byAddress.get(address);
  }

  /** The only one. */
  Whose only() {
    return byAddress.values().iterator().next();
  }
}
