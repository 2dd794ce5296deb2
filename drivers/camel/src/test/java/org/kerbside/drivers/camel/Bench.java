package org.kerbside.drivers.camel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Unit;

/** Buses and devices as a site writes them. */
final class Bench {

  static final Instant NOW = Instant.parse("2026-09-21T14:13:20Z");

  static final String JSON =
      "{ profile: json, driver: camel, time: /t, time-unit: s, points: { distance: { value: /d,"
          + " unit: m }, open: { value: /lid, words: { up: true, down: false } } } }";

  static final String CSV =
      "{ profile: csv, driver: camel, format: csv, time: /when, time-unit: iso, points: { distance:"
          + " { value: /level, unit: m }, open: { value: /lid, words: { up: true, down: false } } } }";

  private Bench() {}

  static CamelBus bus(String yaml) {
    var mistakes = new Mistakes();
    var bus = CamelBus.read(Written.bus(yaml, mistakes), mistakes);
    if (bus == null || mistakes.hasErrors()) {
      throw new AssertionError(mistakes.all().toString());
    }
    return bus;
  }

  /** Speaks SenML where there is no profile. */
  static List<Device> devices(@Nullable String profile, String... addresses) {
    var read = profile == null ? null : profile(profile);
    var devices = new ArrayList<Device>();
    for (var address : addresses) {
      devices.add(new Device("in", address, Written.word("in/" + address), asset(address), read));
    }
    return devices;
  }

  private static Asset asset(String id) {
    return Assets.asset(id, Assets.num("distance", Unit.METRE), Assets.flag("open"));
  }

  static Profile profile(String yaml) {
    var mistakes = new Mistakes();
    var profile = Written.profile(yaml, mistakes);
    if (mistakes.hasErrors()) {
      throw new AssertionError(mistakes.all().toString());
    }
    return profile;
  }

  static CamelField field(String bus, List<Device> devices) {
    return new CamelField(bus(bus), devices, () -> NOW);
  }
}
