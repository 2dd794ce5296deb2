package org.kerbside.rules;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerbside.gateway.model.Sha256;

/** A short name of what a rule means: another threshold, another version. */
final class Version {

  private static final int BYTES = 3;

  private Version() {}

  static String of(Rule rule) {
    var course = rule.course();
    var numbers = new TreeMap<String, Double>();
    rule.parameters().forEach((name, parameter) -> numbers.put(name, parameter.number()));
    return hash(
        Stream.of(
                rule.name(),
                course.when(),
                String.valueOf(course.clear()),
                course.hold(),
                course.clearHold(),
                course.severity(),
                course.escalate().stream().map(Version::meaning).toList(),
                course.latch(),
                numbers,
                rule.reaction().orders().stream().map(Version::meaning).toList(),
                rule.reaction().whenUnknown().stream().map(Version::meaning).toList(),
                rule.reaction().causeOf().stream().map(Version::meaning).toList())
            .map(String::valueOf)
            .collect(Collectors.joining("|")));
  }

  private static String meaning(Rule.Step step) {
    return "%s %s %s".formatted(step.when(), step.after(), step.severity());
  }

  private static String meaning(Rule.Doing doing) {
    return "%s=%s %s %s".formatted(doing.set(), doing.value(), doing.issuer(), doing.lasting());
  }

  private static String meaning(Rule.Effect effect) {
    return "%s %s %s".formatted(effect.reach(), effect.kind(), effect.rules());
  }

  private static String hash(String meaning) {
    return HexFormat.of()
        .formatHex(Sha256.bytes(meaning.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
  }
}
