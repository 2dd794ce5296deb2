package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every alarm that ships: what it says, how grave it is, and what to do.
 *
 * @param language {@code en} or {@code zh-CN}
 */
record AlarmPage(Path home, String language) {

  private static final Path TEXTS = Path.of("src/test/resources/alarms.txt");

  /** A rule of a pack. */
  record Shipped(String kind, String name, String text) {

    String severity() {
      return first(text, "(?m)^severity: (\\w+)");
    }

    String says(String language) {
      return first(text, "(?m)^  %s: \"?(.*?)\"?$".formatted(Pattern.quote(language)));
    }

    private static String first(String text, String pattern) {
      var found = Pattern.compile(pattern).matcher(text);
      return found.find() ? found.group(1) : "";
    }
  }

  String text() throws IOException {
    var texts = texts();
    var text = new StringBuilder();
    for (var rule : shipped(home).values()) {
      text.append("## %s\n\n".formatted(rule.name()));
      text.append(
          "%s · %s · «%s»\n\n%s\n\n"
              .formatted(
                  severity(rule.severity()),
                  kind(rule.kind()),
                  rule.says(language),
                  texts.getOrDefault(rule.name(), "")));
    }
    return text.toString();
  }

  /** With its page, where it has one. */
  private String kind(String kind) {
    return Files.exists(home.resolve("deploy/docs/en/kinds/%s.md".formatted(kind)))
        ? "[`%s`](kinds/%s.md)".formatted(kind, kind)
        : "`%s`".formatted(kind);
  }

  private String severity(String word) {
    if (language.equals("en")) {
      return word;
    }
    return switch (word) {
      case "warning" -> "提示";
      case "alarm" -> "报警";
      default -> "紧急";
    };
  }

  /** By name. */
  static SortedMap<String, Shipped> shipped(Path home) throws IOException {
    var shipped = new TreeMap<String, Shipped>();
    try (var files = Files.walk(home.resolve("rules/packs"), 2)) {
      for (var file : files.filter(it -> it.toString().endsWith(".yaml")).toList()) {
        var text = Files.readString(file);
        var rule = Shipped.first(text, "(?m)^rule: (\\S+)");
        if (!rule.isEmpty()) {
          var kind = String.valueOf(file.getName(file.getNameCount() - 2));
          shipped.put(rule, new Shipped(kind, rule, text));
        }
      }
    }
    return shipped;
  }

  /** By rule. */
  SortedMap<String, String> texts() throws IOException {
    var texts = new TreeMap<String, String>();
    for (var line : Files.readAllLines(TEXTS)) {
      var words = List.of(line.split(" \\| ", 3));
      if (!line.startsWith("#")) {
        texts.put(words.getFirst(), words.get(language.equals("en") ? 1 : 2));
      }
    }
    return texts;
  }
}
