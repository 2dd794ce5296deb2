package org.kerbside.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/**
 * The programmes of a site, its own and those that ship. Each output has one: the asset's goes
 * before the kind's, the site's before the shipped one, and one of the same name replaces it.
 */
final class ProgrammeReader {

  /** A section with it is a programme. */
  static final String KEY = "programme";

  private final SiteConfig site;
  private final Mistakes mistakes;
  private final Ground ground;
  private final LightingReader lighting;
  private final WateringReader watering;
  private final Map<Point, Claim> claims = new HashMap<>();

  /** Who has an output. */
  private record Claim(String programme, Rank rank) {}

  /** Whose outputs go before whose. */
  private enum Rank {
    ASSET,
    KIND,
    SHIPPED;

    Rule.Origin origin() {
      return this == SHIPPED ? Rule.Origin.PACK : Rule.Origin.SITE;
    }
  }

  /** An output and the asset that has it. */
  record Owned(Asset asset, Point output) {}

  /** One section and what it is for. */
  private record Draught(Section section, Rank rank, Text name, Text set, List<Asset> assets) {}

  ProgrammeReader(SiteConfig site, Span.Table spans, Mistakes mistakes) {
    this.site = site;
    this.mistakes = mistakes;
    ground = new Ground(site.assets(), site.devices(), site.site());
    lighting = new LightingReader(site.site(), ground, mistakes);
    watering = new WateringReader(site.site(), ground, new Conditions(spans, mistakes), mistakes);
  }

  /** What is wrong goes to the mistakes; a programme with a mistake is not among them. */
  Programmes read() {
    var programmes = new ArrayList<Programme>();
    var draughts = draughts();
    for (var rank : Rank.values()) {
      for (var draught : draughts) {
        var programme = draught.rank() == rank ? read(draught) : null;
        if (programme != null) {
          programmes.add(programme);
        }
      }
    }
    var inputs = new LinkedHashSet<Point>(lighting.inputs());
    inputs.addAll(watering.inputs());
    return new Programmes(programmes, List.copyOf(inputs));
  }

  private List<Draught> draughts() {
    var draughts = new ArrayList<Draught>();
    var names = new LinkedHashSet<String>();
    for (var section : site.rules()) {
      if (section.has(KEY)) {
        add(draughts, section, section.has("asset") ? Rank.ASSET : Rank.KIND, names);
      }
    }
    for (var section : Packs.sections(KEY, mistakes)) {
      var name = section.text(KEY);
      if (name != null && !names.contains(name.text())) {
        add(draughts, section, Rank.SHIPPED, names);
      }
    }
    return draughts;
  }

  private void add(List<Draught> draughts, Section section, Rank rank, Set<String> names) {
    var name = section.required(KEY, "street-evening");
    var set = section.required("set", "dim");
    var assets = rank == Rank.ASSET ? asset(section) : kind(section, rank);
    if (name == null || set == null || assets == null) {
      return;
    }
    if (!names.add(name.text())) {
      mistakes.add(
          name.mark(),
          "E401",
          "there is a programme '%s' already".formatted(name),
          "give it a name of its own");
      return;
    }
    draughts.add(new Draught(section, rank, name, set, assets));
  }

  private @Nullable List<Asset> asset(Section section) {
    var id = section.required("asset", "lamp-5");
    var asset = id == null ? null : ground.asset(id.text());
    if (id != null && asset == null) {
      mistakes.add(
          id.mark(),
          "E404",
          "there is no asset '%s'".formatted(id),
          Nearest.help(id.text(), ground.ids()));
    }
    return asset == null ? null : List.of(asset);
  }

  private @Nullable List<Asset> kind(Section section, Rank rank) {
    var kind = section.required("for", "lamp");
    if (kind == null) {
      return null;
    }
    var assets = ground.ofKind(kind.text());
    if (assets.isEmpty() && rank != Rank.SHIPPED) {
      mistakes.add(
          kind.mark(),
          "E404",
          "the site has no asset of kind '%s'".formatted(kind),
          Nearest.help(kind.text(), ground.kinds()));
    }
    return assets.isEmpty() ? null : assets;
  }

  private @Nullable Programme read(Draught draught) {
    var owned = claimed(draught);
    if (owned.isEmpty()) {
      return null;
    }
    int before = mistakes.all().size();
    var programme =
        draught.section().has("steps")
            ? lighting.read(draught.section(), draught.name(), owned)
            : watering.read(draught.section(), draught.name(), owned, draught.rank().origin());
    return mistakes.all().size() > before ? null : programme;
  }

  private List<Owned> claimed(Draught draught) {
    var owned = new ArrayList<Owned>();
    for (var asset : draught.assets()) {
      var point = asset.point(draught.set().text());
      if (point == null || !point.spec().isWritable()) {
        mistakes.add(
            draught.set().mark(),
            "E404",
            "'%s' is no output of %s".formatted(draught.set(), asset.id()),
            Nearest.help(
                draught.set().text(),
                asset.points().stream()
                    .filter(other -> other.spec().isWritable())
                    .map(Point::name)
                    .toList()));
        return List.of();
      }
      if (claims(draught, point)) {
        owned.add(new Owned(asset, point));
      }
    }
    return owned;
  }

  private boolean claims(Draught draught, Point point) {
    String name = draught.name().text();
    var other = claims.putIfAbsent(point, new Claim(name, draught.rank()));
    if (other != null && other.rank() == draught.rank()) {
      mistakes.add(
          draught.set().mark(),
          "E405",
          "programmes '%s' and '%s' are both for %s".formatted(other.programme(), name, point),
          "keep one, or give one an asset of its own");
    }
    return other == null;
  }
}
