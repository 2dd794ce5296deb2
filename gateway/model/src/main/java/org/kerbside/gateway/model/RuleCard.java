package org.kerbside.gateway.model;

import java.util.Map;

/**
 * What the city is told of a rule in {@code desc}.
 *
 * @param version changes when the rule's meaning does
 * @param parameters thresholds as people write them: {@code full → 95%}
 * @param source {@code seed}, {@code standard}, {@code practice}, {@code default}, {@code city}
 * @param ref free text: which standard, which letter of the city
 */
public record RuleCard(
    String name,
    String kind,
    String version,
    Severity severity,
    Map<String, String> parameters,
    String source,
    String ref) {

  public RuleCard {
    parameters = Map.copyOf(parameters);
  }
}
