package org.kerbside.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;

/**
 * Reads {@code assets}: lines to assets, each id once; the gateway's own stand last, its buses and
 * its cabinet.
 */
final class Assets {

  private static final int MOST = 2000;

  private final SequencedMap<String, Kind> kinds;
  private final Devices devices;
  private final Overlay overlay;
  private final Mistakes mistakes;
  private final Map<String, Text> ids = new LinkedHashMap<>();
  private final Map<String, Kind> kindById = new HashMap<>();
  private final List<AssetReader> readers = new ArrayList<>();
  private final List<AssetReader> buses = new ArrayList<>();
  private final List<AssetReader> cabinets = new ArrayList<>();
  private final Map<String, Section> rules = new HashMap<>();
  private boolean isWhole = true;

  Assets(SequencedMap<String, Kind> kinds, Devices devices, Overlay overlay, Mistakes mistakes) {
    this.kinds = kinds;
    this.devices = devices;
    this.overlay = overlay;
    this.mistakes = mistakes;
  }

  /** Rule overrides by asset, as written. */
  Map<String, Section> rules() {
    return rules;
  }

  /**
   * @param names of the site's buses, each of which is an asset of the gateway's
   */
  List<Asset> read(@Nullable Section assets, Collection<Text> names) {
    if (assets != null) {
      for (var entry : assets.entries()) {
        var own = assets.section(entry.key().text());
        var line = own == null ? null : AssetLine.of(entry.key(), own, mistakes);
        isWhole &= line != null && take(line);
      }
    }
    names.forEach(this::addBus);
    addCabinet();
    if (isWhole) {
      overlay.check(ids.keySet(), mistakes);
    }
    return built();
  }

  /** False where the line's assets are not told apart from ones that do not exist. */
  private boolean take(AssetLine line) {
    if (ids.size() + line.length() > MOST) {
      mistakes.add(
          line.key().mark(),
          "E009",
          "more than %d assets".formatted(MOST),
          "split the site over two gateways");
      return false;
    }
    var kind = kind(line.own());
    int index = 0;
    for (var id : line.ids()) {
      if (isNew(id) && kind != null) {
        kindById.put(id.text(), kind);
        var own = overlay.over(id.text(), kind, line.section(index), mistakes);
        var reader = new AssetReader(id, kind, own, mistakes);
        (kind.name().equals(Kind.CABINET) ? cabinets : readers).add(reader);
      }
      index++;
    }
    return true;
  }

  private @Nullable Kind kind(Section own) {
    var written = own.required("kind", "bin");
    if (written == null) {
      return null;
    }
    var kind = kinds.get(written.text());
    if (kind == null || kind.name().equals(Kind.BUS)) {
      var known = kinds.keySet().stream().filter(name -> !name.equals(Kind.BUS)).toList();
      mistakes.add(
          written.mark(),
          "E002",
          "there is no kind '%s'".formatted(written),
          kind == null ? Nearest.help(written.text(), known) : "write it under buses:");
      return null;
    }
    return kind;
  }

  private boolean isNew(Text id) {
    if (!Identifier.isFit(id, mistakes)) {
      return false;
    }
    var earlier = ids.putIfAbsent(id.text(), id);
    if (earlier != null) {
      mistakes.add(
          id.mark(),
          "E005",
          "'%s' stands here twice".formatted(id),
          "it is in line %d already; keep one".formatted(earlier.mark().line()));
    }
    return earlier == null;
  }

  private void addBus(Text bus) {
    var kind = kinds.get(Kind.BUS);
    if (kind == null) {
      return;
    }
    var taken = ids.putIfAbsent(bus.text(), bus);
    if (taken != null) {
      mistakes.add(
          taken.mark(),
          "E005",
          "'%s' is a bus in line %d".formatted(bus, bus.mark().line()),
          "choose another id for one of them");
      return;
    }
    kindById.put(bus.text(), kind);
    buses.add(new AssetReader(bus, kind, new Section(bus.mark(), Map.of(), mistakes), mistakes));
  }

  private void addCabinet() {
    var kind = kinds.get(Kind.CABINET);
    if (kind == null || !cabinets.isEmpty()) {
      cabinets.stream().skip(1).forEach(this::refuseSecondCabinet);
      return;
    }
    var id = new Text(Kind.CABINET, Mark.of("defaults", Kind.CABINET), Text.Style.PLAIN);
    var taken = ids.putIfAbsent(Kind.CABINET, id);
    if (taken != null) {
      mistakes.add(
          taken.mark(),
          "E005",
          "'cabinet' is the gateway's own asset",
          "choose another id, or write kind: cabinet");
      return;
    }
    var none = new Section(id.mark(), Map.of(), mistakes);
    kindById.put(Kind.CABINET, kind);
    cabinets.add(new AssetReader(id, kind, none, mistakes));
  }

  private void refuseSecondCabinet(AssetReader cabinet) {
    mistakes.add(
        cabinet.id().mark(),
        "E009",
        "'%s' is a second cabinet".formatted(cabinet.id()),
        "the gateway stands in one; describe others as generic");
  }

  private List<Asset> built() {
    readers.addAll(buses);
    readers.addAll(cabinets);
    var parents = new Parents(kindById, ids.keySet(), isWhole, mistakes);
    var labels = new Labels(mistakes);
    var assets = new ArrayList<Asset>();
    int index = 0;
    for (var reader : readers) {
      var asset = reader.read(index, parents, labels, devices);
      index += asset.points().size();
      assets.add(asset);
      var own = reader.rules();
      if (own != null) {
        rules.put(asset.id(), own);
      }
    }
    return assets;
  }
}
