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
import org.kerbside.drivers.mqtt.MqttProfile.Source;
import org.kerbside.drivers.picks.JsonLayout;
import org.kerbside.drivers.picks.JsonReader.Aim;
import org.kerbside.drivers.picks.Pick;
import org.kerbside.drivers.picks.PointerTree;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/** Which topic is whose, worked out once: on the hot path it is one look into a map. */
final class Topics {

  /** Whose a topic is. */
  sealed interface Owner {

    String device();

    /** Values of one device's points. */
    record Values(String device, Aim aim) implements Owner {}

    /** One bare value. */
    record Bare(String device, Pick pick, Point point) implements Owner {}

    /** One device's packs. */
    record Packs(String device, List<Asset> assets) implements Owner {}

    /**
     * Whether a device is here.
     *
     * @param points of which it says nothing while it is gone
     */
    record Here(String device, Presence presence, List<Point> points) implements Owner {}
  }

  private final Map<String, Owner> owners = new HashMap<>();
  private final SequencedSet<String> filters = new LinkedHashSet<>();
  private final Map<String, Map<String, Output>> outputs = new HashMap<>(); // by address, by point
  private final Map<JsonLayout, PointerTree> trees = new HashMap<>();

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
    if (!profile.outputs().isEmpty()) {
      outputs.put(device.address(), profile.outputs());
    }
    var points = new LinkedHashSet<Point>();
    profile.sources().forEach(source -> add(device, source, points));
    var presence = profile.presence();
    if (presence != null) {
      own(
          presence.topic(),
          device,
          "",
          new Owner.Here(device.address(), presence, List.copyOf(points)));
    }
  }

  private void add(Device device, Source source, SequencedSet<Point> points) {
    switch (source.layout()) {
      case Layout.Senml senml -> {
        own(source.topic(), device, "", new Owner.Packs(device.address(), List.of(device.asset())));
        points.addAll(device.asset().points());
      }
      case Layout.Plain(var pick) -> {
        for (var point : meant(pick, device.asset())) {
          own(source.topic(), device, point.name(), new Owner.Bare(device.address(), pick, point));
          points.add(point);
        }
      }
      case Layout.Json(var json) -> points.addAll(values(device, source.topic(), json));
    }
  }

  private List<Point> values(Device device, Template topic, JsonLayout json) {
    if (topic.namesPoint()) {
      for (var point : device.asset().points()) {
        own(topic, device, point.name(), values(device, json, List.of(point)));
      }
      return device.asset().points();
    }
    var picks = json.picks().stream().filter(p -> !meant(p, device.asset()).isEmpty()).toList();
    var points = picks.stream().flatMap(p -> meant(p, device.asset()).stream()).toList();
    if (!picks.isEmpty()) {
      own(
          topic,
          device,
          "",
          values(device, new JsonLayout(picks, json.time(), json.dating()), points));
    }
    return points;
  }

  private Owner values(Device device, JsonLayout json, List<Point> points) {
    return new Owner.Values(
        device.address(), new Aim(json, trees.computeIfAbsent(json, PointerTree::of), points));
  }

  /** A model may tell more than its asset has points for; of one that the topic names, any. */
  private static List<Point> meant(Pick pick, Asset asset) {
    if (pick.point() == null) {
      return asset.points();
    }
    var point = asset.point(pick.point());
    return point == null ? List.of() : List.of(point);
  }

  private void own(Template topic, Device device, String point, Owner owner) {
    filters.add(topic.filter(device.address()));
    owners.merge(topic.topic(device.address(), point), owner, Topics::together);
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

  /** How a point of a device is written; null when it is not. */
  @Nullable Output output(String device, String point) {
    return outputs.getOrDefault(device, Map.of()).get(point);
  }

  @Nullable Owner owner(String topic) {
    return owners.get(topic);
  }

  /** Each once. */
  List<String> filters() {
    return List.copyOf(filters);
  }
}
