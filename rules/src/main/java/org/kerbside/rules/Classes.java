package org.kerbside.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.SettingSpec.Shape;
import org.kerbside.gateway.model.Value;

/**
 * What a rule says otherwise of a class of assets: {@code by: { area: { strict: { full: 70% } } }}.
 * A class is a word of a setting of the asset or of its parent.
 */
final class Classes {

  static final String KEY = "by";

  private final Ground ground;
  private final RuleReader reader;
  private final Mistakes mistakes;

  Classes(Ground ground, RuleReader reader, Mistakes mistakes) {
    this.ground = ground;
    this.reader = reader;
    this.mistakes = mistakes;
  }

  /** Changes for the assets, or for the children of those, whose setting has the word. */
  record Variant(String setting, String word, Section changes) {

    boolean isFor(Asset asset, @Nullable Asset parent) {
      var own = asset.settings().get(setting);
      var value = own == null && parent != null ? parent.settings().get(setting) : own;
      return value instanceof Value.State(var held) && held.equals(word);
    }
  }

  /** The rule with what these say of the asset. */
  Rule applied(Rule rule, List<Variant> variants, Asset asset) {
    var result = rule;
    for (var variant : variants) {
      if (variant.isFor(asset, ground.asset(asset.parent()))) {
        result = reader.override(result, variant.changes());
      }
    }
    return result;
  }

  /** What stands under {@code by}, judged whether or not the site has assets of that class. */
  List<Variant> read(Rule rule, Section owner) {
    var by = owner.section(KEY);
    var variants = new ArrayList<Variant>();
    for (var setting : by == null ? List.<Section.Entry>of() : by.entries()) {
      var words = by == null ? null : by.section(setting.key().text());
      if (words != null && isSetting(rule, setting.key())) {
        read(rule, setting.key(), words, variants);
      }
    }
    return variants;
  }

  private void read(Rule rule, Text setting, Section words, List<Variant> variants) {
    var known = words(rule, setting.text());
    for (var entry : words.entries()) {
      var word = entry.key();
      var changes = words.section(word.text());
      if (!known.contains(word.text())) {
        mistakes.add(
            word.mark(),
            "E402",
            "'%s' is no value of '%s'".formatted(word, setting),
            Nearest.help(word.text(), known));
      } else if (changes != null) {
        reader.override(rule, changes);
        variants.add(new Variant(setting.text(), word.text(), changes));
      }
    }
  }

  private boolean isSetting(Rule rule, Text setting) {
    if (!words(rule, setting.text()).isEmpty()) {
      return true;
    }
    var known = new LinkedHashSet<String>();
    kinds(rule).forEach(kind -> known.addAll(choices(kind).keySet()));
    mistakes.add(
        setting.mark(),
        "E402",
        "'%s' makes no classes of what rule '%s' is for".formatted(setting, rule.name()),
        Nearest.help(setting.text(), known));
    return false;
  }

  private Set<String> words(Rule rule, String setting) {
    var words = new LinkedHashSet<String>();
    for (var kind : kinds(rule)) {
      words.addAll(choices(kind).getOrDefault(setting, List.of()));
    }
    return words;
  }

  private static Map<String, List<String>> choices(Kind kind) {
    var choices = new LinkedHashMap<String, List<String>>();
    for (var setting : kind.settings()) {
      if (setting.shape() instanceof Shape.Choice(var words)) {
        choices.put(setting.name(), words);
      }
    }
    return choices;
  }

  /** The kinds that the rule is for, and those of the parents that the site has. */
  private Set<Kind> kinds(Rule rule) {
    var kinds = new LinkedHashSet<Kind>();
    for (var asset : ground.of(rule.target())) {
      kinds.add(asset.kind());
      var parent = ground.asset(asset.parent());
      if (parent != null) {
        kinds.add(parent.kind());
      }
    }
    return kinds;
  }
}
