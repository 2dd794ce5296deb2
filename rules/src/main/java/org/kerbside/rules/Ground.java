package org.kerbside.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.Site;

/** The assets of a site as conditions see them: by id, by parent, by kind. */
final class Ground {

  private final Map<String, Asset> byId = new LinkedHashMap<>();
  private final Map<String, List<Asset>> below = new LinkedHashMap<>();
  private final Map<String, Map<String, PointSpec>> specs = new LinkedHashMap<>();

  private final Map<String, Slot.Listed> lists = new HashMap<>();
  private final Site site;

  private final Set<String> connected = new HashSet<>(); // those that have a device

  /**
   * @param devices what hangs on a bus stands below it
   */
  Ground(List<Asset> assets, List<Device> devices, Site site) {
    this.site = site;
    for (var device : devices) {
      if (connected.add(device.asset().id())) {
        below.computeIfAbsent(device.bus(), id -> new ArrayList<>()).add(device.asset());
      }
    }
    for (var asset : assets) {
      byId.put(asset.id(), asset);
      if (asset.parent() != null) {
        below.computeIfAbsent(asset.parent(), id -> new ArrayList<>()).add(asset);
      }
      var points = specs.computeIfAbsent(asset.kind().name(), kind -> new LinkedHashMap<>());
      asset.points().forEach(point -> points.putIfAbsent(point.name(), point.spec()));
    }
  }

  Site site() {
    return site;
  }

  @Nullable Asset asset(@Nullable String id) {
    return id == null ? null : byId.get(id);
  }

  Set<String> ids() {
    return byId.keySet();
  }

  Set<String> kinds() {
    return specs.keySet();
  }

  List<Asset> of(Rule.Target target) {
    return byId.values().stream().filter(asset -> isMeant(target, asset)).toList();
  }

  boolean isMeant(Rule.Target target, Asset asset) {
    return switch (target) {
      case Rule.Target.OfKind(var kind) -> kind.text().equals(asset.kind().name());
      case Rule.Target.OfAsset(var id) -> id.text().equals(asset.id());
      case Rule.Target.OfAny(var word) -> connected.contains(asset.id());
    };
  }

  List<Asset> ofKind(String kind) {
    return byId.values().stream().filter(asset -> asset.kind().name().equals(kind)).toList();
  }

  /** The assets of a kind below one. */
  Slot.Listed children(Asset parent, String kind) {
    return lists.computeIfAbsent(
        kind + " below " + parent.id(),
        key -> listed(kind, below.getOrDefault(parent.id(), List.of())));
  }

  List<Asset> assetsBelow(Asset parent, String kind) {
    return assetsBelow(parent).stream()
        .filter(asset -> asset.kind().name().equals(kind) || kind.equals(Rule.Target.OfAny.WORD))
        .toList();
  }

  List<Asset> assetsBelow(Asset parent) {
    return below.getOrDefault(parent.id(), List.of());
  }

  /** The assets of a kind. */
  Slot.Listed all(String kind) {
    return lists.computeIfAbsent(kind, key -> listed(kind, byId.values()));
  }

  private static Slot.Listed listed(String kind, Collection<Asset> among) {
    return new Slot.Listed(
        kind,
        among.stream()
            .filter(asset -> asset.kind().name().equals(kind))
            .map(Ground::member)
            .toList());
  }

  private static Slot.Member member(Asset asset) {
    var points = new LinkedHashMap<String, Point>();
    asset.points().forEach(point -> points.put(point.name(), point));
    return new Slot.Member(points);
  }

  /** The first asset of kind weather; null where the site has none. */
  @Nullable Asset weather() {
    return ofKind("weather").stream().findFirst().orElse(null);
  }

  /** Every point that an asset of the kind has somewhere in the site. */
  Map<String, PointSpec> specs(String kind) {
    return specs.getOrDefault(kind, Map.of());
  }

  /** Kinds that stand below {@code parent}, or could by their own table. */
  Set<String> childKinds(Asset parent) {
    var kinds = new LinkedHashSet<String>();
    for (var asset : byId.values()) {
      if (asset.kind().parents().contains(parent.kind().name())) {
        kinds.add(asset.kind().name());
      }
    }
    return kinds;
  }
}
