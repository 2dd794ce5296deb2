package org.kerbside.config;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.SettingSpec;
import org.kerbside.gateway.model.Site;

/**
 * Reads the small site in which a rule is tested: {@code site}, {@code assets}, {@code rules} and
 * {@code defaults} as in a site's file, without buses, devices and uplink. What a test leaves out
 * is filled in: {@code bin-1} is a bin with the settings of our examples, on the bus {@code bus-1}.
 */
public final class SketchReader {

  /** The bus that all of its devices hang on. */
  private static final String BUS = "bus-1";

  private static final String ANYWHERE = "30.6586N 104.0583E"; // Chengdu

  private final SequencedMap<String, Kind> kinds;
  private final Set<String> connected; // kinds that have a device wherever they stand
  private final Mistakes mistakes;

  public SketchReader(SequencedMap<String, Kind> kinds, Mistakes mistakes) {
    this.kinds = Kind.table(kinds.values().stream().map(SketchReader::withoutDevice).toList());
    connected =
        kinds.values().stream()
            .filter(kind -> kind.device() == Kind.Device.REQUIRED)
            .map(Kind::name)
            .collect(Collectors.toUnmodifiableSet());
    this.mistakes = mistakes;
  }

  /**
   * The site, as far as it is right; null when it has no place or time. Reads only its own keys of
   * {@code top}.
   *
   * @param named assets that a test speaks of: those that it does not describe are of the kind that
   *     their name begins with
   */
  public @Nullable SiteConfig read(Section top, Collection<Text> named) {
    var site = site(top);
    var written = top.section("assets");
    var described = new LinkedHashMap<String, Section.Entry>();
    if (written != null) {
      written.entries().forEach(entry -> described.put(entry.key().text(), entry));
    }
    var ranges = described.values().stream().map(entry -> Range.of(entry.key(), mistakes)).toList();
    named.stream()
        .filter(id -> ranges.stream().noneMatch(range -> range != null && range.has(id.text())))
        .forEach(id -> described.computeIfAbsent(id.text(), key -> guessed(id)));
    described.replaceAll((id, entry) -> filled(entry, described));
    var none = Overlay.NONE;
    var devices = new Devices(new Buses(Set.of(), mistakes), Profiles.shipped(), none, mistakes);
    var bus = new Text(BUS, top.mark(), Text.Style.PLAIN);
    var assets = new Assets(kinds, devices, none, mistakes);
    var all = assets.read(new Section(top.mark(), described, mistakes), List.of(bus));
    var rules = top.sections("rules");
    var defaults = new DefaultsReader(kinds, mistakes).read(top.section("defaults"));
    return site == null
        ? null
        : new SiteConfig(
            site,
            "zh-CN",
            nowhere(),
            new JournalConfig(null, 1 << 20, 1 << 20, null),
            AccessConfig.NONE,
            List.of(),
            all,
            all.stream().filter(this::hasDevice).map(asset -> device(bus, asset)).toList(),
            rules,
            defaults,
            assets.rules(),
            List.of(),
            Origin.FIELD);
  }

  /** What a site must say where it is connected. */
  private boolean hasDevice(Asset asset) {
    return connected.contains(asset.kind().name());
  }

  private static Device device(Text bus, Asset asset) {
    return new Device(bus.text(), asset.id(), bus.with(BUS + "/" + asset.id()), asset, null);
  }

  private static Kind withoutDevice(Kind kind) {
    return new Kind(
        kind.name(),
        kind.points(),
        kind.settings(),
        kind.parents(),
        kind.parent(),
        Kind.Device.OPTIONAL);
  }

  private @Nullable Site site(Section top) {
    var own = top.section("site");
    var line = own == null ? new Section(top.mark(), Map.of(), mistakes) : own;
    line = or(line, "id", "test-site");
    line = or(line, "timezone", "Asia/Shanghai");
    return new SiteLine(mistakes).read(or(line, "location", ANYWHERE));
  }

  private Section.Entry guessed(Text id) {
    var kind = id.text().replaceFirst("-?\\d+$", "");
    return new Section.Entry(
        id,
        new Node.Mapping(
            new Section(id.mark(), Map.of(), mistakes)
                .with(word(id, "kind"), new Node.Word(word(id, kind)))));
  }

  private Section.Entry filled(Section.Entry entry, Map<String, Section.Entry> all) {
    if (!(entry.value() instanceof Node.Mapping(var section))) {
      return entry;
    }
    var kind = kinds.get(kind(entry));
    if (kind == null) {
      return entry;
    }
    var filled = section;
    for (var setting : kind.settings()) {
      if (setting.need() == SettingSpec.Need.REQUIRED) {
        filled = or(filled, setting.name(), setting.example());
      }
    }
    var parents =
        all.values().stream().filter(other -> kind.parents().contains(kind(other))).toList();
    if (parents.size() == 1 && kind.parent() != Kind.Parent.NONE) {
      filled = or(filled, "parent", parents.getFirst().key().text());
    }
    return new Section.Entry(entry.key(), new Node.Mapping(filled));
  }

  private static String kind(Section.Entry entry) {
    return entry.value() instanceof Node.Mapping(var section)
            && section.node("kind") instanceof Node.Word(var word)
        ? word.text()
        : "";
  }

  private static Section or(Section section, String key, String value) {
    var at = new Text(key, section.mark(), Text.Style.PLAIN);
    return section.has(key) ? section : section.with(at, new Node.Word(word(at, value)));
  }

  private static Text word(Text at, String word) {
    return at.with(word);
  }

  private static UplinkConfig nowhere() {
    var url = "mqtt://nowhere";
    return new UplinkConfig(
        new Text(url, Mark.of("test", url), Text.Style.PLAIN),
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
  }
}
