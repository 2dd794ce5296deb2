package org.kerbside.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** A short name of what a rule means: another threshold, another version. */
final class Version {

  private static final int BYTES = 3;

  private Version() {}

  static String of(Rule rule) {
    var course = rule.course();
    var numbers = new TreeMap<String, Double>();
    rule.parameters().forEach((name, parameter) -> numbers.put(name, parameter.number()));
    var doings =
        rule.doings().stream()
            .map(doing -> doing.set() + "=" + doing.value() + " " + doing.issuer())
            .toList();
    return hash(
        "%s|%s|%s|%s|%s|%s|%s|%s|%s"
            .formatted(
                rule.name(),
                course.when(),
                course.clear(),
                course.hold(),
                course.clearHold(),
                course.severity(),
                course.escalate(),
                numbers,
                doings));
  }

  private static String hash(String meaning) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(meaning.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
