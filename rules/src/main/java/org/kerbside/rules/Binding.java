package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.RuleCard;
import org.kerbside.rules.Classes.Variant;
import org.kerbside.rules.Rule.Origin;
import org.kerbside.rules.Rule.Target;
import org.kerbside.rules.RuleBook.Bound;

/** Puts rules onto assets: packs, then the kind's overrides, then the asset's. */
final class Binding {

  private final SiteConfig site;
  private final Mistakes mistakes;
  private final Ground ground;
  private final RuleReader reader;
  private final Conditions conditions;
  private final Orders orders;
  private final Classes classes;
  private final Map<String, List<Variant>> variants = new HashMap<>(); // by rule, then by kind
  private final Set<Rule> broken = new HashSet<>();
  private final List<Watch> watches = new ArrayList<>();
  private final Map<String, RuleCard> cards = new LinkedHashMap<>();

  private Binding(SiteConfig site, Span.Table spans, Mistakes mistakes) {
    this.site = site;
    this.mistakes = mistakes;
    this.ground = new Ground(site.assets(), site.devices(), site.site());
    this.reader = new RuleReader(mistakes);
    this.conditions = new Conditions(spans, mistakes);
    this.orders = new Orders(ground, mistakes);
    this.classes = new Classes(ground, reader, mistakes);
  }

  static Bound of(SiteConfig site, Span.Table spans, Mistakes mistakes) {
    var binding = new Binding(site, spans, mistakes);
    var rules = binding.rules();
    new Mentions(site, binding.ground, rules, mistakes).check();
    for (var asset : site.assets()) {
      rules.stream()
          .filter(rule -> binding.isFor(rule, asset))
          .forEach(rule -> binding.bind(rule, asset));
    }
    var kpis = new KpiReader(binding.ground, binding.conditions, mistakes).shipped();
    return new Bound(binding.watches, kpis, List.copyOf(binding.cards.values()), spans.spans());
  }

  private List<Rule> rules() {
    var rules = new LinkedHashMap<String, Rule>();
    for (var section : Packs.sections("rule", mistakes)) {
      var rule = read(section, Origin.PACK);
      if (rule != null) {
        rules.put(rule.name().text(), rule);
      }
    }
    for (var section : site.rules()) {
      if (section.has(ProgrammeReader.KEY)) {
        continue;
      }
      var rule = read(section, Origin.SITE);
      if (rule == null || !isSomewhere(rule)) {
        continue;
      }
      if (rules.putIfAbsent(rule.name().text(), rule) != null) {
        mistakes.add(
            rule.name().mark(),
            "E401",
            "there is a rule '%s' already".formatted(rule.name()),
            "give it a name of its own, or override the other under the asset's rules");
      }
    }
    return List.copyOf(rules.values());
  }

  private @Nullable Rule read(Section section, Origin origin) {
    boolean hasClasses = section.section(Classes.KEY) != null;
    var rule = reader.read(section, origin);
    if (rule != null && hasClasses && !ground.of(rule.target()).isEmpty()) {
      variants.put(rule.name().text(), classes.read(rule, section));
    }
    return rule;
  }

  private boolean isSomewhere(Rule rule) {
    return switch (rule.target()) {
      case Target.OfAsset(var asset) -> {
        if (ground.asset(asset.text()) == null) {
          mistakes.add(
              asset.mark(),
              "E404",
              "no asset is called '%s'".formatted(asset),
              Nearest.help(asset.text(), ground.ids()));
        }
        yield ground.asset(asset.text()) != null;
      }
      case Target.OfKind(var kind) -> {
        if (!ground.kinds().contains(kind.text())) {
          mistakes.add(
              kind.mark(),
              "W402",
              "the site has no asset of kind '%s'".formatted(kind),
              Nearest.help(kind.text(), ground.kinds()));
        }
        yield ground.kinds().contains(kind.text());
      }
      case Target.OfAny any -> true;
    };
  }

  private boolean isFor(Rule rule, Asset asset) {
    return ground.isMeant(rule.target(), asset);
  }

  private void bind(Rule written, Asset asset) {
    var changes = site.defaults().get(asset.kind().name());
    var ofKind = overridden(written, changes);
    var ofClass = ofKind == null ? null : classed(written, ofKind, changes, asset);
    var rule = ofClass == null ? null : overridden(ofClass, site.overrides().get(asset.id()));
    if (rule == null || broken.contains(rule)) {
      return;
    }
    int before = mistakes.all().size();
    var watch = watch(rule, asset);
    if (watch == null || mistakes.all().size() > before) {
      // One asset shows what is wrong; the others would say it again.
      broken.add(rule);
      return;
    }
    watches.add(watch);
    cards.putIfAbsent(rule.name() + " " + watch.version(), card(rule, asset, watch.version()));
  }

  /**
   * The more special wins: asset, class, kind; and of one class the site's word over the pack's.
   */
  private Rule classed(Rule written, Rule ofKind, @Nullable Section changes, Asset asset) {
    var name = written.name().text();
    var shipped = classes.applied(ofKind, variants.getOrDefault(name, List.of()), asset);
    return changes != null && changes.node(name) instanceof Node.Mapping(var own)
        ? classes.applied(
            shipped,
            variants.computeIfAbsent(
                name + " " + asset.kind().name(), key -> classes.read(written, own)),
            asset)
        : shipped;
  }

  /** Null when the site switches it off. */
  private @Nullable Rule overridden(Rule rule, @Nullable Section changes) {
    return switch (changes == null ? null : changes.node(rule.name().text())) {
      case null -> rule;
      case Node.Mapping(var section) -> reader.override(rule, section);
      case Node.Word(var text) when text.text().equals("off") -> {
        boolean isSafety = rule.isSafety();
        mistakes.add(
            text.mark(),
            isSafety ? "E406" : "W401",
            isSafety
                ? "rule '%s' keeps people and water safe and stays on".formatted(rule.name())
                : "rule '%s' is off".formatted(rule.name()),
            isSafety ? "remove this" : "remove this to have it on again");
        yield isSafety ? rule : null;
      }
      case Node.Word(var text) -> wrongShape(rule, text.mark());
      case Node.Items(var items, var mark) -> wrongShape(rule, mark);
    };
  }

  private Rule wrongShape(Rule rule, Mark mark) {
    mistakes.add(
        mark,
        "E402",
        "rule '%s' has the wrong shape here".formatted(rule.name()),
        "write off, or parameters as { full: 85% }");
    return rule;
  }

  private @Nullable Watch watch(Rule rule, Asset asset) {
    var scope = new Scope(asset, ground, rule.parameters(), rule.origin());
    refuseShadows(rule, asset);
    var when = conditions.read(rule.course().when(), scope);
    var clearText = rule.course().clear();
    var clear =
        clearText != null
            ? conditions.read(clearText, scope)
            : when == null ? null : new Condition.Not(when);
    Wording.check(rule, scope, mistakes);
    var graver = graver(rule, scope);
    var wanted = orders.of(rule, rule.reaction().orders(), asset);
    var blindly = orders.of(rule, rule.reaction().whenUnknown(), asset);
    if (when == null || clear == null) {
      return null;
    }
    var course = rule.course();
    var steps = course.byTime().stream().map(Rule.Step::after).toList();
    var hold = new Hold(course.hold(), course.clearHold(), steps);
    return new Watch(rule, Version.of(rule), scope, when, clear, hold, graver, wanted, blindly);
  }

  private List<Watch.Graver> graver(Rule rule, Scope scope) {
    var graver = new ArrayList<Watch.Graver>();
    for (var step : rule.course().escalate()) {
      var text = step.when();
      var when = text == null ? null : conditions.read(text, scope);
      if (when != null) {
        var hold = new Hold(step.after(), Duration.ZERO, List.of());
        graver.add(new Watch.Graver(when, hold, step.severity()));
      }
    }
    return graver;
  }

  private void refuseShadows(Rule rule, Asset asset) {
    rule.parameters()
        .forEach(
            (name, parameter) -> {
              if (asset.point(name) != null) {
                mistakes.add(
                    parameter.written().mark(),
                    "E402",
                    "parameter '%s' is called as a point of %s".formatted(name, asset.id()),
                    "give it another name");
              }
            });
  }

  private static RuleCard card(Rule rule, Asset asset, String version) {
    var parameters = new LinkedHashMap<String, String>();
    rule.parameters()
        .forEach((name, parameter) -> parameters.put(name, parameter.written().text()));
    return new RuleCard(
        rule.name().text(),
        asset.kind().name(),
        version,
        rule.course().severity(),
        parameters,
        rule.telling().source(),
        rule.telling().ref());
  }
}
