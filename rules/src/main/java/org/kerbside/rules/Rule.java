package org.kerbside.rules;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Alarm.Latch;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Unit;

/** A rule as its file says, overrides applied; not yet bound to an asset. */
record Rule(
    Text name,
    Target target,
    Map<String, Parameter> parameters,
    Course course,
    Telling telling,
    Reaction reaction,
    Origin origin) {

  Rule {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Who wrote it. */
  enum Origin {
    PACK,
    SITE
  }

  /** Which assets it is for. */
  sealed interface Target {

    record OfKind(Text kind) implements Target {}

    record OfAsset(Text asset) implements Target {}

    /** Whatever has a device of its own. */
    record OfAny(Text word) implements Target {

      /** As it is written, where a kind may stand. */
      static final String WORD = "any";
    }
  }

  /**
   * A threshold with a name.
   *
   * @param number in the kept unit
   * @param unit as written; absent for a bare number
   */
  record Parameter(Text written, double number, @Nullable Unit unit) {}

  /** When it raises and clears, and how grave that is. */
  record Course(
      Text when,
      @Nullable Text clear,
      Duration hold,
      Duration clearHold,
      Severity severity,
      List<Step> escalate,
      Latch latch) {
    Course {
      escalate = List.copyOf(escalate);
    }

    /** The steps that time alone takes, rising. */
    List<Step> byTime() {
      return escalate.stream().filter(step -> step.when() == null).toList();
    }
  }

  /**
   * Graver after so long.
   *
   * @param when what must be true meanwhile; absent: the rule's own condition
   */
  record Step(@Nullable Text when, Duration after, Severity severity) {}

  /**
   * What it says to people and cities.
   *
   * @param matter which matter of the city's catalogue; absent where none fits
   * @param texts templates by language tag
   */
  record Telling(@Nullable Text matter, String source, String ref, Map<String, Text> texts) {
    Telling {
      texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }
  }

  /**
   * What follows from it beside its own alarm.
   *
   * @param orders while its alarm stands
   * @param whenUnknown what is ordered while its condition is unknown for as long as its hold
   * @param causeOf the alarms that it explains
   */
  record Reaction(List<Doing> orders, List<Doing> whenUnknown, List<Effect> causeOf) {
    Reaction {
      orders = List.copyOf(orders);
      whenUnknown = List.copyOf(whenUnknown);
      causeOf = List.copyOf(causeOf);
    }
  }

  /**
   * One order.
   *
   * @param lasting how long; absent: until the alarm is cleared
   */
  record Doing(Text set, Text value, Issuer issuer, @Nullable Duration lasting) {}

  /**
   * Alarms that a rule's alarm explains.
   *
   * @param kind of the assets whose alarms they are, or {@code any}; absent: the asset's own
   */
  record Effect(@Nullable Text kind, Reach reach, List<Text> rules) {
    Effect {
      rules = List.copyOf(rules);
    }
  }

  /** Whose alarms another explains. */
  enum Reach {
    OWN,
    CHILDREN,
    SITE
  }

  boolean isSafety() {
    return reaction.orders().stream().anyMatch(doing -> doing.issuer() == Issuer.SAFETY);
  }
}
