package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kerbside.config.SiteConfig;

/** Which driver speaks on each bus of a site, and so for each point. */
final class Speakers {

  private Speakers() {}

  /** Whose driver speaks for each point, by the point's index. */
  static List<String> byPoint(SiteConfig config) {
    var drivers = byBus(config);
    var devices = config.devices().stream().collect(Collectors.groupingBy(it -> it.asset().id()));
    var speakers = new ArrayList<String>();
    for (var asset : config.assets()) {
      for (var point : asset.points()) {
        speakers.add(
            devices.getOrDefault(asset.id(), List.of()).stream()
                .filter(device -> device.tells(point.name()))
                .map(device -> drivers.getOrDefault(device.bus(), CommitTally.OURSELVES))
                .findFirst()
                .orElse(CommitTally.OURSELVES));
      }
    }
    return speakers;
  }

  /** The driver's name by that of its bus, in the site's order. */
  static Map<String, String> byBus(SiteConfig config) {
    var names = new LinkedHashMap<String, String>();
    config.buses().forEach(bus -> names.put(bus.name().text(), bus.driver().text()));
    return names;
  }
}
