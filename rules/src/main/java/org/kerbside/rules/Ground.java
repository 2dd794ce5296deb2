package org.kerbside.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.PointSpec;

/** The assets of a site as conditions see them: by id, by parent, by kind. */
final class Ground {

  private final Map<String, Asset> byId = new LinkedHashMap<>();
  private final Map<String, List<Asset>> below = new LinkedHashMap<>();
  private final Map<String, Map<String, PointSpec>> specs = new LinkedHashMap<>();

  Ground(List<Asset> assets) {
    for (var asset : assets) {
      byId.put(asset.id(), asset);
      if (asset.parent() != null) {
        below.computeIfAbsent(asset.parent(), id -> new ArrayList<>()).add(asset);
      }
      var points = specs.computeIfAbsent(asset.kind().name(), kind -> new LinkedHashMap<>());
      asset.points().forEach(point -> points.putIfAbsent(point.name(), point.spec()));
    }
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

  List<Asset> ofKind(String kind) {
    return byId.values().stream().filter(asset -> asset.kind().name().equals(kind)).toList();
  }

  List<Asset> children(Asset parent, String kind) {
    return below.getOrDefault(parent.id(), List.of()).stream()
        .filter(asset -> asset.kind().name().equals(kind))
        .toList();
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
