package org.kerbside.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.gateway.model.Alarm.Latch;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.rules.Rule.Doing;
import org.kerbside.rules.Rule.Effect;
import org.kerbside.rules.Rule.Reach;
import org.kerbside.rules.Rule.Reaction;
import org.kerbside.rules.Rule.Step;

/** What follows from a rule's alarm: how it grows graver, ends, orders, and explains others. */
final class ReactionReader {

  private static final String LATCHED = "latched";
  private static final String BLIND = "when-unknown";
  private static final List<String> LATCHES = List.of("false", "true", "cabinet");

  private final Mistakes mistakes;

  ReactionReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Rising by how long they take. */
  List<Step> steps(Section section) {
    var steps = new ArrayList<Step>();
    for (var written : section.sections("escalate")) {
      var step = step(written);
      if (step != null) {
        steps.add(step);
      }
    }
    steps.sort(Comparator.comparing(Step::after));
    return steps;
  }

  private static @Nullable Step step(Section section) {
    var when = section.text("when");
    var key = when == null ? "after" : "hold";
    var after = section.required(key, "30min") == null ? null : section.duration(key);
    var severity = RuleReader.severity(section, "emergency");
    section.refuseOthers("an escalation");
    return after == null || severity == null ? null : new Step(when, after, severity);
  }

  /** How the alarm ends. */
  Latch latch(Section section) {
    return switch (section.choice(LATCHED, LATCHES)) {
      case "true" -> Latch.PERSON;
      case "cabinet" -> Latch.CABINET;
      case null, default -> Latch.NONE;
    };
  }

  Reaction reaction(Section section) {
    var orders = doings(section, "do");
    return new Reaction(orders, whenUnknown(section, orders), effects(section));
  }

  private List<Doing> doings(Section section, String key) {
    return section.sections(key).stream()
        .map(written -> doing(written, key))
        .filter(Objects::nonNull)
        .toList();
  }

  private @Nullable Doing doing(Section section, String key) {
    var set = section.required("set", "valve");
    var value = section.required("value", "0%");
    var lasting = section.duration("for");
    if (key.equals("do") && lasting == null) {
      section.required("until", "cleared");
      section.choice("until", List.of("cleared"));
    }
    var issuer = section.choice("issuer", List.of("rules", "safety"));
    section.refuseOthers("an order");
    return set == null || value == null
        ? null
        : new Doing(set, value, "safety".equals(issuer) ? Issuer.SAFETY : Issuer.RULES, lasting);
  }

  /** {@code close}: what it orders when it is true. */
  private List<Doing> whenUnknown(Section section, List<Doing> orders) {
    if (!(section.node(BLIND) instanceof Node.Word(var word))) {
      return doings(section, BLIND);
    }
    if (!word.text().equals("close")) {
      mistakes.add(
          word.mark(),
          "E104",
          "'%s' is not a value of '%s'".formatted(word, BLIND),
          Nearest.help(word.text(), List.of("close")));
    } else if (orders.isEmpty()) {
      mistakes.add(
          word.mark(),
          "E403",
          "there is nothing to close: the rule orders nothing",
          "write the orders, as [ { set: valve, value: 0% } ]");
    }
    return orders.stream()
        .map(order -> new Doing(order.set(), order.value(), order.issuer(), null))
        .toList();
  }

  private List<Effect> effects(Section section) {
    return switch (section.node("cause-of")) {
      case Node.Mapping(var one) -> List.of(effect(one));
      case null, default -> section.sections("cause-of").stream().map(this::effect).toList();
    };
  }

  private Effect effect(Section section) {
    var children = section.text("children");
    var all = children == null ? section.text("assets") : null;
    var rules = section.texts("rules");
    if (!section.has("rules")) {
      mistakes.add(section.mark(), "E001", "'rules' is missing", "write rules: [ lamp-out ]");
    }
    section.refuseOthers("a cause");
    var reach = all != null ? Reach.SITE : children != null ? Reach.CHILDREN : Reach.OWN;
    return new Effect(all == null ? children : all, reach, rules);
  }
}
