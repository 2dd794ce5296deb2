package org.kerbside.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Nearest;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Hours;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** The names that a rule's condition may use on one asset. */
record Scope(
    Asset asset, Ground ground, Map<String, Rule.Parameter> parameters, Rule.Origin origin) {

  private static final String ORDERED = "ordered.";
  private static final String PARENT = "parent.";
  private static final String CHILDREN = "children.";
  private static final String ASSETS = "assets.";
  private static final String WEATHER = "weather.";
  private static final Name ABSENT = new Name(Name.Sort.ANY, null, new Slot.Absent());
  private static final List<String> CIVIL =
      List.of("night", "sun.elevation", "service", "weekday", "mode", "silent");

  /** Whether a name can only be a list, whatever it is of. */
  static boolean isList(String name) {
    return name.startsWith(CHILDREN) || name.startsWith(ASSETS);
  }

  @Nullable Name find(String name) {
    var parameter = parameters.get(name);
    if (parameter != null) {
      return new Name(Name.Sort.NUMBER, parameter.unit(), new Slot.Parameter(parameter.number()));
    }
    if (name.startsWith(PARENT)) {
      return of(ground.asset(asset.parent()), name.substring(PARENT.length()));
    }
    if (name.startsWith(WEATHER)) {
      return of(ground.weather(), name.substring(WEATHER.length()));
    }
    if (name.startsWith(CHILDREN)) {
      return children(name.substring(CHILDREN.length()));
    }
    if (name.startsWith(ASSETS)) {
      return assets(name.substring(ASSETS.length()));
    }
    var own = of(asset, name);
    return own == null ? civil(name) : own;
  }

  private @Nullable Name civil(String name) {
    return switch (name) {
      case "night" -> asks(Name.Sort.FLAG, new Civil.Night());
      case "service" -> asks(Name.Sort.FLAG, new Civil.Service(hours()));
      case "weekday" -> asks(Name.Sort.WORD, new Civil.Weekday());
      case "sun.elevation" ->
          new Name(Name.Sort.NUMBER, Unit.DEGREE, new Slot.Asks(new Civil.Elevation()));
      case "mode" -> new Name(Name.Sort.WORD, null, new Slot.Mode(asset));
      case "silent" -> new Name(Name.Sort.FLAG, null, new Slot.Silent(asset, whole()));
      default -> null;
    };
  }

  private static Name asks(Name.Sort sort, Civil question) {
    return new Name(sort, null, new Slot.Asks(question));
  }

  private List<Asset> whole() {
    return asset.kind().name().equals(Kind.BUS) ? ground.assetsBelow(asset) : List.of(asset);
  }

  /** The asset's own, its parent's, or the site's. */
  private Hours hours() {
    var parent = ground.asset(asset.parent());
    for (var owner : parent == null ? List.of(asset) : List.of(asset, parent)) {
      if (owner.settings().get("hours") instanceof Value.State(var written)) {
        return Hours.of(written);
      }
    }
    return ground.site().service();
  }

  /** The remedy of a name that is none here. */
  String help(String name) {
    String meant = Nearest.of(name, words());
    if (meant != null) {
      return "did you mean '%s'?".formatted(meant);
    }
    if (name.startsWith(PARENT) && ground.asset(asset.parent()) == null) {
      return "%s has no parent".formatted(asset.id());
    }
    if (name.startsWith(WEATHER) && ground.weather() == null) {
      return "the site has no asset of kind weather: add one";
    }
    if (name.startsWith(ORDERED) && asset.point(name.substring(ORDERED.length())) != null) {
      return "nobody moves it: write %s".formatted(name.substring(ORDERED.length()));
    }
    return Nearest.help(name, near());
  }

  /** The parameters and the asset's own points. */
  private List<String> near() {
    var words = new LinkedHashMap<String, Asset>();
    parameters.keySet().forEach(parameter -> words.put(parameter, asset));
    add(words, "", asset);
    return List.copyOf(words.keySet());
  }

  /** Every name. */
  private List<String> words() {
    var words = new LinkedHashMap<String, Asset>();
    parameters.keySet().forEach(name -> words.put(name, asset));
    add(words, "", asset);
    var parent = ground.asset(asset.parent());
    if (parent != null) {
      add(words, PARENT, parent);
    }
    var weather = ground.weather();
    if (weather != null) {
      add(words, WEATHER, weather);
    }
    ground.childKinds(asset).forEach(kind -> words.put(CHILDREN + kind, asset));
    ground.kinds().forEach(kind -> words.put(ASSETS + kind, asset));
    CIVIL.forEach(name -> words.put(name, asset));
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

  /** A rule that ships must load where there is no such owner; a site's own may be misspelt. */
  private @Nullable Name of(@Nullable Asset owner, String name) {
    if (owner == null) {
      return origin == Rule.Origin.PACK ? ABSENT : null;
    }
    if (!name.startsWith(ORDERED)) {
      var point = owner.point(name);
      return point == null ? null : Name.of(new Slot.Observed(point));
    }
    var point = owner.point(name.substring(ORDERED.length()));
    return point == null || !point.spec().isWritable() ? null : Name.of(new Slot.Commanded(point));
  }

  private @Nullable Name children(String kind) {
    boolean isKnown = origin == Rule.Origin.PACK || ground.childKinds(asset).contains(kind);
    return isKnown ? new Name(Name.Sort.LIST, null, ground.children(asset, kind)) : null;
  }

  private @Nullable Name assets(String kind) {
    boolean isKnown = origin == Rule.Origin.PACK || ground.kinds().contains(kind);
    return isKnown ? new Name(Name.Sort.LIST, null, ground.all(kind)) : null;
  }
}
