package org.kerbside.rules;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Text;
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
    List<Doing> doings,
    Origin origin) {

  Rule {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    doings = List.copyOf(doings);
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
      List<Step> escalate) {
    Course {
      escalate = List.copyOf(escalate);
    }
  }

  /** Graver after so long. */
  record Step(Duration after, Severity severity) {}

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

  /** What it orders while its alarm stands. */
  record Doing(Text set, Text value, Issuer issuer) {}

  boolean isSafety() {
    return doings.stream().anyMatch(doing -> doing.issuer() == Issuer.SAFETY);
  }
}
