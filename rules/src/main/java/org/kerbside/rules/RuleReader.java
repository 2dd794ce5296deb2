package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Severity;
import org.kerbside.rules.Rule.Course;
import org.kerbside.rules.Rule.Origin;
import org.kerbside.rules.Rule.Parameter;
import org.kerbside.rules.Rule.Target;
import org.kerbside.rules.Rule.Telling;

/** One rule's section to a {@link Rule}, and a site's overrides onto it. */
final class RuleReader {

  private static final List<String> SEVERITIES = List.of("warning", "alarm", "emergency");
  private static final List<String> SOURCES =
      List.of("default", "seed", "standard", "practice", "city");
  private static final List<String> SETTINGS =
      List.of("hold", "clear-hold", "severity", "source", "ref", Classes.KEY);

  private final Mistakes mistakes;
  private final ReactionReader follow;

  RuleReader(Mistakes mistakes) {
    this.mistakes = mistakes;
    this.follow = new ReactionReader(mistakes);
  }

  /** Null, and mistakes, when it is none. */
  @Nullable Rule read(Section section, Origin origin) {
    var name = section.required("rule", "bin-overflow");
    var target = target(section);
    var when = section.required("when", "fill >= 95%");
    var parameters = parameters(section.section("parameters"));
    var severity = severity(section, "alarm");
    var clear = section.text("clear");
    var hold = duration(section, "hold");
    var clearHold = duration(section, "clear-hold");
    var escalate = follow.steps(section);
    var latch = follow.latch(section);
    var telling = telling(section, name);
    var reaction = follow.reaction(section);
    section.refuseOthers("a rule");
    if (name == null || target == null || when == null || severity == null) {
      return null;
    }
    var course = new Course(when, clear, hold, clearHold, severity, escalate, latch);
    return new Rule(name, target, parameters, course, telling, reaction, origin);
  }

  /** The rule with what the site says of it. */
  Rule override(Rule rule, Section changes) {
    var parameters = new LinkedHashMap<>(rule.parameters());
    for (var entry : changes.entries()) {
      String key = entry.key().text();
      if (parameters.containsKey(key)) {
        override(parameters, key, entry.value());
      } else if (!SETTINGS.contains(key)) {
        var known = new ArrayList<>(parameters.keySet());
        known.addAll(SETTINGS);
        mistakes.add(
            entry.key().mark(),
            "E402",
            "'%s' is no parameter of rule '%s'".formatted(key, rule.name()),
            Nearest.help(key, known));
      }
    }
    var old = rule.course();
    var severity = changes.has("severity") ? severity(changes, "alarm") : old.severity();
    var course =
        new Course(
            old.when(),
            old.clear(),
            changes.has("hold") ? duration(changes, "hold") : old.hold(),
            changes.has("clear-hold") ? duration(changes, "clear-hold") : old.clearHold(),
            severity == null ? old.severity() : severity,
            old.escalate(),
            old.latch());
    var told = rule.telling();
    var source = changes.has("source") ? source(changes) : told.source();
    var ref = changes.text("ref");
    var telling =
        new Telling(told.matter(), source, ref == null ? told.ref() : ref.text(), told.texts());
    return new Rule(
        rule.name(), rule.target(), parameters, course, telling, rule.reaction(), rule.origin());
  }

  private void override(Map<String, Parameter> parameters, String key, Node value) {
    var old = parameters.get(key);
    if (!(value instanceof Node.Word(var text)) || old == null) {
      mistakes.add(value.mark(), "E402", "'%s' is one value".formatted(key), "write 85%");
      return;
    }
    var read = parameter(text);
    if (read == null) {
      return;
    }
    boolean fits =
        old.unit() == null
            ? read.unit() == null
            : read.unit() != null && read.unit().fits(old.unit());
    if (fits) {
      parameters.put(key, read);
    } else {
      mistakes.add(
          text.mark(),
          "E402",
          "'%s' does not fit parameter '%s': got %s, expected a number as %s"
              .formatted(text, key, text, old.written()),
          old.unit() == null
              ? "write a number without a unit"
              : "write it in %s".formatted(String.join(", ", old.unit().siblings())));
    }
  }

  private @Nullable Target target(Section section) {
    var kind = section.text("for");
    var asset = section.text("asset");
    if (kind != null && asset != null) {
      mistakes.add(
          asset.mark(), "E403", "a rule is for a kind or for one asset", "keep one of the two");
      return null;
    }
    if (asset != null) {
      return new Target.OfAsset(asset);
    }
    var wanted = kind == null ? section.required("for", "bin") : kind;
    if (wanted == null) {
      return null;
    }
    return wanted.text().equals(Target.OfAny.WORD)
        ? new Target.OfAny(wanted)
        : new Target.OfKind(wanted);
  }

  private Map<String, Parameter> parameters(@Nullable Section section) {
    var parameters = new LinkedHashMap<String, Parameter>();
    if (section == null) {
      return parameters;
    }
    for (var entry : section.entries()) {
      if (!entry.key().text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        refuseParameter(entry.key().mark(), "'%s' cannot stand in a condition", entry.key());
      } else if (entry.value() instanceof Node.Word(var text)) {
        var parameter = parameter(text);
        if (parameter != null) {
          parameters.put(entry.key().text(), parameter);
        }
      } else {
        refuseParameter(entry.value().mark(), "'%s' has the wrong shape", entry.key());
      }
    }
    return parameters;
  }

  private void refuseParameter(Mark mark, String problem, Text name) {
    mistakes.add(mark, "E402", problem.formatted(name), "write letters and a number, as full: 95%");
  }

  private @Nullable Parameter parameter(Text text) {
    var expression = Expression.read(text, mistakes);
    if (expression == null) {
      return null;
    }
    var tokens = expression.tokens();
    boolean isNegative = tokens.getFirst().is("-");
    var number = tokens.getLast();
    if (number.sort() != Expression.Sort.NUMBER || tokens.size() != (isNegative ? 2 : 1)) {
      mistakes.add(text.mark(), "E402", "'%s' is no number".formatted(text), "write 95% or 0.5");
      return null;
    }
    return new Parameter(text, isNegative ? -number.number() : number.number(), number.unit());
  }

  private Duration duration(Section section, String key) {
    var read = section.duration(key);
    if (read != null && read.isNegative()) {
      mistakes.add(
          section.markOf(key), "E403", "'%s' is negative".formatted(key), "write 10min or 0s");
    }
    return read == null ? Duration.ZERO : read;
  }

  /** Null, and a mistake, when it is missing or another word. */
  static @Nullable Severity severity(Section section, String example) {
    if (section.required("severity", example) == null) {
      return null;
    }
    var word = section.choice("severity", SEVERITIES);
    for (var severity : Severity.values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    return null;
  }

  private Telling telling(Section section, @Nullable Text name) {
    var matter = section.text("matter");
    String source = section.has("source") ? source(section) : "default";
    var ref = section.text("ref");
    if (List.of("standard", "city").contains(source) && (ref == null || ref.text().isEmpty())) {
      mistakes.add(
          section.markOf("source"),
          "E403",
          "a threshold from '%s' has no ref".formatted(source),
          "add ref: which standard, which letter of the city");
    }
    return new Telling(matter, source, ref == null ? "" : ref.text(), texts(section, name));
  }

  private static String source(Section section) {
    var source = section.choice("source", SOURCES);
    return source == null ? "default" : source;
  }

  private static Map<String, Text> texts(Section section, @Nullable Text name) {
    var texts = new LinkedHashMap<String, Text>();
    var said = section.section("text");
    for (var language : List.of("zh-CN", "en")) {
      var text = said == null ? null : said.text(language);
      if (text != null) {
        texts.put(language, text);
      } else if (name != null) {
        texts.put(language, new Text("{asset}: " + name, name.mark(), Text.Style.PLAIN));
      }
    }
    if (said != null) {
      said.refuseOthers("the texts of a rule");
    }
    return texts;
  }
}
