package org.kerbside.config;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;

/** Reads one asset's section, ranges written out. */
final class AssetReader {

  private final Text id;
  private final Kind kind;
  private final Section own;
  private final Mistakes mistakes;

  AssetReader(Text id, Kind kind, Section own, Mistakes mistakes) {
    this.id = id;
    this.kind = kind;
    this.own = own;
    this.mistakes = mistakes;
  }

  Text id() {
    return id;
  }

  /** What the asset says of its rules, as written. */
  @Nullable Section rules() {
    return own.section("rules");
  }

  /**
   * The asset; where something is wrong, with what is right of it.
   *
   * @param index of its first point
   */
  Asset read(int index, Parents parents, Labels labels, Devices devices) {
    own.text("kind");
    var name = own.text("name");
    var settings = new SettingsReader(own, mistakes).read(kind);
    var points = new PointsReader(id.text(), own, mistakes).read(kind, index);
    var asset =
        new Asset(
            id.text(),
            kind,
            name == null ? id.text() : name.text(),
            parents.read(own, kind),
            points,
            settings,
            labels.read(own, id.text()));
    devices.read(own, asset);
    rules();
    own.refuseOthers("kind '%s'".formatted(kind.name()));
    return asset;
  }
}
