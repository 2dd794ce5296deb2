package org.kerbside.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/** The names that a rule's condition may use on one asset. */
record Scope(
    Asset asset, Ground ground, Map<String, Rule.Parameter> parameters, Rule.Origin origin) {

  private static final String ORDERED = "ordered.";
  private static final String PARENT = "parent.";
  private static final String CHILDREN = "children.";

  @Nullable Name find(String name) {
    var parameter = parameters.get(name);
    if (parameter != null) {
      return new Name(Name.Sort.NUMBER, parameter.unit(), new Slot.Parameter(parameter.number()));
    }
    if (name.startsWith(PARENT)) {
      var parent = ground.asset(asset.parent());
      return parent == null ? null : of(parent, name.substring(PARENT.length()));
    }
    return name.startsWith(CHILDREN)
        ? children(name.substring(CHILDREN.length()))
        : of(asset, name);
  }

  /** Every name, for the remedy of a mistake. */
  List<String> words() {
    var words = new LinkedHashMap<String, Asset>();
    parameters.keySet().forEach(name -> words.put(name, asset));
    add(words, "", asset);
    var parent = ground.asset(asset.parent());
    if (parent != null) {
      add(words, PARENT, parent);
    }
    ground.childKinds(asset).forEach(kind -> words.put(CHILDREN + kind, asset));
    return List.copyOf(words.keySet());
  }

  /** The points among them. */
  List<String> points() {
    return words().stream().filter(this::isPoint).toList();
  }

  private boolean isPoint(String word) {
    var name = find(word);
    return name != null && name.slot() instanceof Slot.Source;
  }

  private static void add(Map<String, Asset> words, String prefix, Asset owner) {
    for (var point : owner.points()) {
      words.put(prefix + point.name(), owner);
      if (point.spec().isWritable()) {
        words.put(prefix + ORDERED + point.name(), owner);
      }
    }
  }

  private static @Nullable Name of(Asset owner, String name) {
    if (!name.startsWith(ORDERED)) {
      var point = owner.point(name);
      return point == null ? null : Name.of(new Slot.Observed(point));
    }
    var point = owner.point(name.substring(ORDERED.length()));
    return point == null || !point.spec().isWritable() ? null : Name.of(new Slot.Commanded(point));
  }

  private @Nullable Name children(String kind) {
    // A rule that ships must load on a site without such children; a site's own may be misspelt.
    if (origin == Rule.Origin.SITE && !ground.childKinds(asset).contains(kind)) {
      return null;
    }
    var members =
        ground.children(asset, kind).stream().map(child -> new Slot.Member(points(child))).toList();
    return new Name(Name.Sort.LIST, null, new Slot.Listed(kind, members));
  }

  private static Map<String, Point> points(Asset child) {
    var points = new LinkedHashMap<String, Point>();
    child.points().forEach(point -> points.put(point.name(), point));
    return points;
  }
}
