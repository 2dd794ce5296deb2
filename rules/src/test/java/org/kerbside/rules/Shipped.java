package org.kerbside.rules;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SketchReader;
import org.kerbside.config.Text;
import org.kerbside.config.Yaml;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.model.Kind;
import org.kerbside.rules.RuleBook.Bound;

/** Every pack on a street that has one asset of each kind, and four of what stands below others. */
final class Shipped {

  private static final int CHILDREN = 4;

  /** Kinds of which none is added: the bus is there. */
  private static final Set<String> OTHERS = Set.of("generic", Kind.BUS);

  private final SiteConfig site;
  private final Bound bound;

  private Shipped(String yaml) {
    var mistakes = new Mistakes();
    var top = Yaml.read("generated", yaml, mistakes);
    var read = top == null ? null : new SketchReader(Kinds.TABLE, mistakes).read(top, ids());
    if (read == null || mistakes.hasErrors()) {
      throw new IllegalStateException(mistakes.all().toString());
    }
    site = read;
    bound = Binding.of(site, new Span.Table(), mistakes);
  }

  static Shipped asItIs() {
    return new Shipped("test: x");
  }

  /** Every hold is next to nothing: an alarm says when its condition turned, and stayed so. */
  static Shipped hasty() {
    var rules =
        Packs.sections("rule", new Mistakes()).stream()
            .filter(Shipped::hasLevers)
            .collect(
                Collectors.groupingBy(
                    pack -> String.valueOf(pack.text("for")),
                    Collectors.mapping(
                        pack -> pack.text("rule") + ": { hold: 1ms, clear-hold: 1ms }",
                        Collectors.joining(", "))));
    return new Shipped(
        rules.entrySet().stream()
            .map(entry -> "  %s: { rules: { %s } }\n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("", "defaults:\n", "")));
  }

  List<Condition> conditions() {
    return bound.watches().stream()
        .flatMap(
            watch ->
                Stream.concat(
                    Stream.of(watch.when(), watch.clear()),
                    watch.graver().stream().map(Watch.Graver::when)))
        .toList();
  }

  /** What asks for silence is moved by no point; it has cases of its own. */
  static boolean hasLevers(Section pack) {
    return !"silent".equals(String.valueOf(pack.text("when")));
  }

  Watch watch(String rule, String asset) {
    return bound.watches().stream()
        .filter(one -> one.rule().name().text().equals(rule))
        .filter(one -> one.asset().id().equals(asset))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("%s of %s".formatted(rule, asset)));
  }

  Rehearsal rehearsal(Watch watch, ZonedDateTime start) {
    var points = site.assets().stream().flatMap(asset -> asset.points().stream()).toList();
    var engine = new Engine(List.of(watch), points.size(), bound.spans(), site.site());
    var recollection = new Recollection(List.of(watch), points, engine);
    return new Rehearsal(engine, recollection, (readings, now) -> readings, start);
  }

  private static List<Text> ids() {
    var ids = new ArrayList<Text>();
    for (var kind : Kinds.TABLE.values()) {
      int many = kind.parents().isEmpty() ? 1 : CHILDREN;
      for (int i = 1; i <= many && !OTHERS.contains(kind.name()); i++) {
        var id = kind.name() + "-" + i;
        ids.add(new Text(id, Mark.of("generated", id), Text.Style.PLAIN));
      }
    }
    return ids;
  }
}
