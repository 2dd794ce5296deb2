package org.kerbside.rules;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Quantities;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Unit;
import org.kerbside.rules.Rule.Origin;

/** Reads the figures that ship: {@code kpi:} as rules have {@code rule:}. */
record KpiReader(Ground ground, Conditions conditions, Mistakes mistakes) {

  static final String KEY = "kpi";

  /** Those that some asset of the site adds to. */
  List<Kpi> shipped() {
    var kpis = new ArrayList<Kpi>();
    for (var section : Packs.sections(KEY, mistakes)) {
      var kpi = read(section);
      if (kpi != null && !kpi.parts().isEmpty()) {
        kpis.add(kpi);
      }
    }
    return kpis;
  }

  private @Nullable Kpi read(Section section) {
    var name = section.required(KEY, "lighting-rate");
    var kind = section.required("for", "lamp");
    var closes = time(section.required("closes", "\"12:00\""));
    var good = section.text("good");
    var during = section.text("while");
    var happened = section.text("happened");
    var added = section.text("added");
    var limit = section.text("limit");
    var only = section.section("only");
    var source = section.required("source", "seed");
    section.text("ref");
    section.refuseOthers("a kpi");
    if (name == null || kind == null || closes == null || source == null) {
      return null;
    }
    var parts = new ArrayList<Kpi.Part>();
    for (var asset : ground.ofKind(kind.text())) {
      if (only != null && !isOne(asset, only)) {
        continue;
      }
      var part =
          good != null
              ? lasted(asset, during, good)
              : happened != null
                  ? counter(asset, happened, Kpi.Part.Happened::new)
                  : added == null ? null : counter(asset, added, Kpi.Part.Added::new);
      if (part != null) {
        parts.add(part);
      }
    }
    return new Kpi(name.text(), closes, limit(limit, added), source.text(), parts);
  }

  /** Whether its settings, or its parent's, have all these words. */
  private boolean isOne(Asset asset, Section only) {
    return only.entries().stream()
        .allMatch(
            entry ->
                entry.value() instanceof Node.Word(var word)
                    && new Classes.Variant(entry.key().text(), word.text(), only)
                        .isFor(asset, ground.asset(asset.parent())));
  }

  private Kpi.@Nullable Part lasted(Asset asset, @Nullable Text during, Text good) {
    var scope = new Scope(asset, ground, Map.of(), Origin.PACK);
    var heeded = during == null ? null : conditions.read(during, scope);
    var so = conditions.read(good, scope);
    return so == null ? null : new Kpi.Part.Lasted(asset, heeded, so);
  }

  private interface Counting {
    Kpi.Part of(Asset asset, org.kerbside.gateway.model.Point point);
  }

  private static Kpi.@Nullable Part counter(Asset asset, Text name, Counting counting) {
    var point = asset.point(name.text());
    return point == null ? null : counting.of(asset, point);
  }

  private @Nullable Double limit(@Nullable Text limit, @Nullable Text added) {
    return limit == null
        ? null
        : Quantities.read(limit, added == null ? Unit.RATIO : Unit.CUBIC_METRE, mistakes);
  }

  private @Nullable LocalTime time(@Nullable Text text) {
    try {
      return text == null ? null : LocalTime.parse(text.text());
    } catch (DateTimeParseException wrong) {
      mistakes.add(text.mark(), "E303", "'%s' is no time".formatted(text), "write \"12:00\"");
      return null;
    }
  }
}
