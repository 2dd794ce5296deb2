package org.kerbside.drivers.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.mqtt.MqttProfile.Layout;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/** Which topic is whose, worked out once: on the hot path it is one look into a map. */
final class Topics {

  /** Whose a topic is. */
  sealed interface Owner {

    String device();

    /** One point's values. */
    record Single(String device, Point point, Layout.Json layout) implements Owner {}

    /** One device's packs. */
    record Packs(String device, List<Asset> assets) implements Owner {}
  }

  private final Map<String, Owner> owners = new HashMap<>();
  private final SequencedSet<String> filters = new LinkedHashSet<>();

  Topics(List<Device> devices) {
    var profiles = new HashMap<String, MqttProfile>();
    for (var device : devices) {
      add(device, profile(device, profiles));
    }
  }

  private static MqttProfile profile(Device device, Map<String, MqttProfile> known) {
    var written = device.profile();
    return written == null
        ? MqttProfile.SENML
        : known.computeIfAbsent(
            written.name().text(),
            name -> {
              var read = MqttProfile.read(written, new Mistakes());
              if (read == null) {
                throw new IllegalArgumentException("profile %s was not checked".formatted(name));
              }
              return read;
            });
  }

  private void add(Device device, MqttProfile profile) {
    String address = device.address();
    filters.add(profile.filter(address));
    switch (profile.layout()) {
      case Layout.Json json -> {
        for (var point : device.asset().points()) {
          owners.putIfAbsent(
              profile.topic(address, point.name()), new Owner.Single(address, point, json));
        }
      }
      case Layout.Senml senml ->
          owners.merge(
              profile.topic(address, ""),
              new Owner.Packs(address, List.of(device.asset())),
              Topics::together);
    }
  }

  private static Owner together(Owner one, Owner other) {
    if (one instanceof Owner.Packs(var device, var assets)
        && other instanceof Owner.Packs(var same, var more)) {
      var all = new ArrayList<>(assets);
      all.addAll(more);
      return new Owner.Packs(device, List.copyOf(all));
    }
    return one;
  }

  @Nullable Owner owner(String topic) {
    return owners.get(topic);
  }

  /** Each once. */
  List<String> filters() {
    return List.copyOf(filters);
  }
}
