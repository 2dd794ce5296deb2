package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.AccessConfig;
import org.kerbside.config.CommandsConfig;
import org.kerbside.config.JournalConfig;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.Text;
import org.kerbside.config.UplinkConfig;
import org.kerbside.config.Yaml;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A site made by hand, as the configuration would read it. */
final class Street {

  static final Site SITE =
      new Site("CD-QY-0173", "街角", ZoneId.of("Asia/Shanghai"), 30.6586, 104.0583);

  final Mistakes mistakes = new Mistakes();
  private final List<Asset> assets = new ArrayList<>();
  private final Map<String, Section> defaults = new LinkedHashMap<>();
  private final Map<String, Section> overrides = new LinkedHashMap<>();
  private List<Section> rules = List.of();
  private int points;

  Street with(String kindName, String id, @Nullable String parent) {
    var kind = Kinds.TABLE.get(kindName);
    if (kind == null) {
      throw new IllegalArgumentException(kindName);
    }
    return with(kind, id, parent, List.copyOf(kind.points().values()));
  }

  /** An asset with one of its kind's settings. */
  Street with(String kindName, String id, @Nullable String parent, String setting, String word) {
    with(kindName, id, parent);
    var made = assets.removeLast();
    assets.add(
        new Asset(
            id,
            made.kind(),
            made.name(),
            parent,
            made.points(),
            Map.of(setting, new Value.State(word)),
            Map.of()));
    return this;
  }

  /** One of each kind, with the parents that they may have. */
  static Street whole() {
    var street = new Street();
    for (var kind : Kinds.TABLE.values()) {
      if (kind.name().equals("generic")) {
        street.generic("generic-1", "p0");
      } else {
        var parent = kind.parents().isEmpty() ? null : kind.parents().getFirst() + "-1";
        street.with(kind.name(), kind.name() + "-1", parent);
      }
    }
    return street;
  }

  /** A generic asset with plain numbers. */
  Street generic(String id, String... names) {
    var specs = new ArrayList<PointSpec>();
    for (var name : names) {
      specs.add(
          new PointSpec(
              name,
              PointType.NUM,
              Unit.RATIO,
              -1e9,
              1e9,
              new Band.None(),
              Duration.ofMinutes(15),
              PointSpec.Access.OBSERVED,
              List.of()));
    }
    var kind = Kinds.TABLE.get("generic");
    return kind == null ? this : with(kind, id, null, specs);
  }

  private Street with(Kind kind, String id, @Nullable String parent, List<PointSpec> specs) {
    var made = new ArrayList<Point>();
    for (var spec : specs) {
      made.add(new Point(points++, new PointId(id, spec.name()), spec));
    }
    assets.add(new Asset(id, kind, id.replace('-', ' '), parent, made, Map.of(), Map.of()));
    return this;
  }

  /** The {@code rules:} of a site file, given whole. */
  Street rules(String yaml) {
    rules = read("site.yaml", yaml).sections("rules");
    return this;
  }

  /** A site file with its rules and overrides; more than one file add up. */
  Street file(String name, String yaml) {
    var file = read(name, yaml);
    rules = Stream.concat(rules.stream(), file.sections("rules").stream()).toList();
    put(defaults, file.section("defaults"));
    put(overrides, file.section("assets"));
    return this;
  }

  private static void put(Map<String, Section> table, @Nullable Section owners) {
    for (var owner : owners == null ? List.<Section.Entry>of() : owners.entries()) {
      var own = owners == null ? null : owners.section(owner.key().text());
      var changes = own == null ? null : own.section("rules");
      if (changes != null) {
        table.put(owner.key().text(), changes);
      }
    }
  }

  Street defaults(String kind, String yaml) {
    defaults.put(kind, read("site.yaml", yaml));
    return this;
  }

  Street overrides(String asset, String yaml) {
    overrides.put(asset, read("site.yaml", yaml));
    return this;
  }

  private Section read(String file, String yaml) {
    var section = Yaml.read(file, yaml, mistakes);
    if (section == null) {
      throw new IllegalArgumentException(yaml);
    }
    return section;
  }

  Point point(String id) {
    for (var asset : assets) {
      for (var point : asset.points()) {
        if (point.id().toString().equals(id)) {
          return point;
        }
      }
    }
    throw new IllegalArgumentException(id);
  }

  SiteConfig site() {
    var url = new Text("mqtt://127.0.0.1", Mark.of("test", "mqtt://127.0.0.1"), Text.Style.PLAIN);
    var uplink =
        new UplinkConfig(
            url,
            "kerbside",
            "test",
            new Identity.Anonymous(),
            null,
            "broker",
            Duration.ZERO,
            null,
            CommandsConfig.unsigned(Duration.ofHours(1)),
            UplinkConfig.Want.OFF,
            Set.of());
    return new SiteConfig(
        SITE,
        "zh-CN",
        uplink,
        new JournalConfig(null, 1 << 20, 1 << 20, null),
        AccessConfig.NONE,
        List.of(),
        assets,
        List.of(),
        rules,
        defaults,
        overrides,
        List.of(),
        Origin.FIELD);
  }

  RuleBook book() {
    return RuleBook.read(site(), mistakes);
  }

  /** What is wrong, as it is told, without the carets and remedies. */
  List<String> told() {
    book();
    return mistakes.all().stream()
        .map(mistake -> mistake.toString().lines().toList().get(0))
        .toList();
  }

  static Moment at(Duration sinceBoot) {
    return new Moment(
        Instant.parse("2026-07-01T04:00:00Z").plus(sinceBoot), ClockQuality.SYNC, sinceBoot);
  }
}
