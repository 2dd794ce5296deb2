package org.kerbside.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;

/** Gives an asset its points: its kind's, with the bands and heartbeats that the site changes. */
final class PointsReader {

  private final String asset;
  private final Section own;
  private final Mistakes mistakes;
  private final BandReader bands;

  PointsReader(String asset, Section own, Mistakes mistakes) {
    this.asset = asset;
    this.own = own;
    this.mistakes = mistakes;
    this.bands = new BandReader(mistakes);
  }

  /**
   * @param index of the first point
   */
  List<Point> read(Kind kind, int index) {
    // The generic kind names no points: the site does.
    var specs =
        kind.points().isEmpty() && kind.isListed()
            ? new GenericPoints(mistakes)
                .read(own.requiredSection("points", "{ p0: { unit: \"/\" } }"))
            : kind.points().values();
    var changed = changed(specs);
    var points = new ArrayList<Point>();
    for (var spec : changed) {
      points.add(new Point(index + points.size(), new PointId(asset, spec.name()), spec));
    }
    return points;
  }

  private Collection<PointSpec> changed(Collection<PointSpec> specs) {
    var byName = new LinkedHashMap<String, PointSpec>();
    specs.forEach(spec -> byName.put(spec.name(), spec));
    each("heartbeat", byName, this::withBeat);
    each("band", byName, this::withBand);
    return byName.values();
  }

  /** A word holds for all points of the asset, a section for those that it names. */
  private void each(String key, Map<String, PointSpec> specs, Change change) {
    switch (own.node(key)) {
      case null -> {}
      case Node.Word(var text) -> specs.replaceAll((name, spec) -> change.apply(spec, text));
      case Node.Items items -> own.text(key);
      case Node.Mapping(var section) -> {
        for (var entry : section.entries()) {
          var text = section.text(entry.key().text());
          var spec = specs.get(entry.key().text());
          if (spec == null) {
            mistakes.add(
                entry.key().mark(),
                "E404",
                "'%s' has no point '%s'".formatted(asset, entry.key()),
                Nearest.help(entry.key().text(), specs.keySet()));
          } else if (text != null) {
            specs.put(spec.name(), change.apply(spec, text));
          }
        }
      }
    }
  }

  private interface Change {
    PointSpec apply(PointSpec spec, Text text);
  }

  private PointSpec withBeat(PointSpec spec, Text text) {
    Duration beat = BandReader.beat(text, mistakes);
    return beat == null ? spec : with(spec, spec.band(), beat);
  }

  private PointSpec withBand(PointSpec spec, Text text) {
    @Nullable Band band = bands.read(text, spec.unit());
    return band == null ? spec : with(spec, band, spec.beat());
  }

  private static PointSpec with(PointSpec spec, Band band, Duration beat) {
    return new PointSpec(
        spec.name(),
        spec.type(),
        spec.unit(),
        spec.min(),
        spec.max(),
        band,
        beat,
        spec.access(),
        spec.words());
  }
}
