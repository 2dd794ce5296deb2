package org.kerbside.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.rules.Rule.Target;

/** Whether the rules that a site, its kinds and other rules name are there, and go in no circle. */
record Mentions(SiteConfig site, Ground ground, List<Rule> rules, Mistakes mistakes) {

  void check() {
    refuseUnknown();
    rules.forEach(this::refuseEffects);
    rules.forEach(this::refuseCircle);
  }

  private void refuseUnknown() {
    site.defaults()
        .forEach(
            (kind, changes) -> {
              var assets = ground.ofKind(kind);
              if (!assets.isEmpty()) { // Else the city's file tells of what others have.
                refuseUnknown(
                    changes,
                    rules.stream()
                        .filter(
                            rule -> assets.stream().anyMatch(a -> ground.isMeant(rule.target(), a)))
                        .toList(),
                    "kind '%s'".formatted(kind));
              }
            });
    site.overrides()
        .forEach(
            (id, changes) -> {
              var asset = ground.asset(id);
              if (asset != null) {
                refuseUnknown(
                    changes,
                    rules.stream().filter(rule -> ground.isMeant(rule.target(), asset)).toList(),
                    id);
              }
            });
  }

  private void refuseUnknown(Section changes, List<Rule> there, String owner) {
    var names = there.stream().map(rule -> rule.name().text()).toList();
    for (var entry : changes.entries()) {
      if (!names.contains(entry.key().text())) {
        mistakes.add(
            entry.key().mark(),
            "E401",
            "%s has no rule '%s'".formatted(owner, entry.key()),
            Nearest.help(entry.key().text(), names));
      }
    }
  }

  private void refuseEffects(Rule cause) {
    for (var effect : cause.reaction().causeOf()) {
      var kind = effect.kind();
      var there =
          rules.stream()
              .filter(rule -> kind == null || isForKind(rule, kind.text()))
              .map(rule -> rule.name().text())
              .toList();
      for (var name : effect.rules()) {
        if (!there.contains(name.text())) {
          mistakes.add(
              name.mark(),
              "E401",
              kind == null
                  ? "no rule is called '%s'".formatted(name)
                  : "kind '%s' has no rule '%s'".formatted(kind, name),
              Nearest.help(name.text(), there));
        }
      }
    }
  }

  /** Rules of one asset that explain each other would hush each other. */
  private void refuseCircle(Rule cause) {
    for (var effect : cause.reaction().causeOf()) {
      for (var name : effect.rules()) {
        if (effect.kind() == null && explains(name.text(), cause, new HashSet<>())) {
          mistakes.add(
              name.mark(),
              "E407",
              "'%s' explains '%s' and is explained by it".formatted(cause.name(), name),
              "keep the one that comes first");
        }
      }
    }
  }

  private boolean explains(String from, Rule wanted, Set<String> seen) {
    if (from.equals(wanted.name().text())) {
      return true;
    }
    return seen.add(from)
        && rules.stream()
            .filter(rule -> rule.name().text().equals(from))
            .flatMap(rule -> rule.reaction().causeOf().stream())
            .filter(effect -> effect.kind() == null)
            .flatMap(effect -> effect.rules().stream())
            .anyMatch(next -> explains(next.text(), wanted, seen));
  }

  private boolean isForKind(Rule rule, String kind) {
    return switch (rule.target()) {
      case Target.OfKind(var other) -> other.text().equals(kind) || kind.equals(Target.OfAny.WORD);
      case Target.OfAny any -> true;
      case Target.OfAsset(var id) -> {
        var asset = ground.asset(id.text());
        yield asset != null && asset.kind().name().equals(kind);
      }
    };
  }
}
