package org.kerbside.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointSpec.Access;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;

/** Reads points that a site names itself: {@code p0..3: { unit, type, range, band, beat }}. */
final class GenericPoints {

  private static final Duration BEAT = Duration.ofMinutes(15);
  private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");
  private static final List<String> TYPES = List.of("num", "counter", "flag", "state");
  private static final Pattern BARE = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  private final Mistakes mistakes;
  private final BandReader bands;

  GenericPoints(Mistakes mistakes) {
    this.mistakes = mistakes;
    this.bands = new BandReader(mistakes);
  }

  List<PointSpec> read(@Nullable Section points) {
    if (points == null) {
      return List.of();
    }
    var specs = new LinkedHashMap<String, PointSpec>();
    for (var entry : points.entries()) {
      var own = points.section(entry.key().text());
      if (own != null) {
        var model = spec(own);
        names(entry.key()).forEach(name -> add(specs, name, model));
      }
    }
    return List.copyOf(specs.values());
  }

  private List<Text> names(Text key) {
    var range = Range.of(key, mistakes);
    if (range == null) {
      return mistakes.isTold(key.mark()) ? List.of() : List.of(key);
    }
    var names = new ArrayList<Text>();
    for (int i = 0; i < range.length(); i++) {
      names.add(key.with(range.word(i)));
    }
    return names;
  }

  private void add(Map<String, PointSpec> specs, Text name, PointSpec model) {
    if (!Identifier.isFit(name, mistakes)) {
      return;
    }
    if (specs.putIfAbsent(name.text(), named(model, name.text())) != null) {
      mistakes.add(name.mark(), "E005", "'%s' stands here twice".formatted(name), "keep one");
    }
  }

  private static PointSpec named(PointSpec model, String name) {
    return new PointSpec(
        name,
        model.type(),
        model.unit(),
        model.min(),
        model.max(),
        model.band(),
        model.beat(),
        model.access(),
        model.words());
  }

  private PointSpec spec(Section own) {
    var type = type(own);
    var unit = unit(own, type);
    var limits = limits(own.text("range"), unit);
    var band = own.text("band");
    var beat = own.text("beat");
    var words = type == PointType.STATE ? words(own) : List.<String>of();
    own.refuseOthers("a point");
    return new PointSpec(
        "",
        type,
        unit,
        limits.min(),
        limits.max(),
        band == null ? new Band.None() : or(bands.read(inUnit(band, unit), unit), new Band.None()),
        beat == null ? BEAT : or(BandReader.beat(beat, mistakes), BEAT),
        Access.OBSERVED,
        words);
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static PointType type(Section own) {
    return switch (own.choice("type", TYPES)) {
      case "counter" -> PointType.COUNTER;
      case "flag" -> PointType.FLAG;
      case "state" -> PointType.STATE;
      case null, default -> PointType.NUM;
    };
  }

  private Unit unit(Section own, PointType type) {
    var counts = type == PointType.NUM || type == PointType.COUNTER;
    var text = counts ? own.required("unit", "\"/\"") : own.text("unit");
    if (text == null) {
      return Unit.RATIO;
    }
    var unit = Unit.of(text.text());
    if (unit == null || !unit.kept().equals(unit)) {
      mistakes.add(
          text.mark(),
          "E102",
          "points are not kept in '%s'".formatted(text),
          unit == null
              ? "write a SenML unit, as \"/\", Cel, %RH, V, A, W, m, count or s"
              : "write %s, the driver converts".formatted(unit.kept()));
      return Unit.RATIO;
    }
    return unit;
  }

  private record Limits(double min, double max) {
    static final Limits NONE = new Limits(-Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private Limits limits(@Nullable Text text, Unit unit) {
    if (text == null) {
      return Limits.NONE;
    }
    var match = RANGE.matcher(text.text());
    if (!match.matches()) {
      mistakes.add(
          text.mark(), "E104", "'%s' is not a range".formatted(text), "write for example 0..100");
      return Limits.NONE;
    }
    var min = Quantities.read(inUnit(text.with(match.group(1)), unit), unit, mistakes);
    var max = Quantities.read(inUnit(text.with(match.group(2)), unit), unit, mistakes);
    if (min == null || max == null) {
      return Limits.NONE;
    }
    if (min >= max) {
      mistakes.add(
          text.mark(), "E107", "'%s' ends below its start".formatted(text), "write low..high");
    }
    return new Limits(min, max);
  }

  /** A bare number is in the unit that stands beside it. */
  private static Text inUnit(Text text, Unit unit) {
    return BARE.matcher(text.text()).matches() ? text.with(text + unit.symbol()) : text;
  }

  private List<String> words(Section own) {
    if (!own.has("words")) {
      own.required("words", "[ open, shut ]");
    }
    return own.texts("words").stream().map(Text::text).toList();
  }
}
