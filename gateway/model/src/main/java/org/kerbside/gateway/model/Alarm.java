package org.kerbside.gateway.model;

import java.util.List;
import java.util.Map;

/**
 * A condition that a rule raised; one per (asset, rule).
 *
 * @param asset the asset's id
 * @param rule the rule's name
 * @param ruleVersion changes when the rule's meaning does
 * @param since when it was raised
 * @param why the inputs at the last change
 * @param text what it says to people, by language tag: {@code zh-CN}, {@code en}
 * @param labels the asset's labels and the rule's {@code matter}, {@code standardRef}, where given
 */
public record Alarm(
    String asset,
    String rule,
    String ruleVersion,
    Severity severity,
    Moment since,
    Acknowledged acknowledged,
    List<Why> why,
    Map<String, String> text,
    Map<String, String> labels) {

  /** Whether a person has seen it. */
  public enum Acknowledged {
    YES,
    NO
  }

  public Alarm {
    why = List.copyOf(why);
    text = Map.copyOf(text);
    labels = Map.copyOf(labels);
  }

  /** Unique in the site: {@code bin-2/bin-overflow}. */
  public String id() {
    return asset + "/" + rule;
  }
}
