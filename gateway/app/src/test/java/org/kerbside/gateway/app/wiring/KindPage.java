package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.SettingSpec;

/**
 * What the sources say of a kind: its points, its settings, the rules that ship for it.
 *
 * @param language {@code en} or {@code zh-CN}
 */
record KindPage(Path home, Kind kind, String language) {

  String text() throws IOException {
    var text = new StringBuilder();
    points(text);
    settings(text);
    rules(text);
    return text.toString();
  }

  private String say(String english, String chinese) {
    return language.equals("en") ? english : chinese;
  }

  private void points(StringBuilder text) throws IOException {
    text.append(say("## What it tells\n\n", "## 它报告什么\n\n"));
    if (kind.points().isEmpty()) {
      text.append(say("What the site says.\n", "由站点文件定义。\n"));
      return;
    }
    text.append(
        say(
            "| point | is | unit | range | at least every |\n|---|---|---|---|---|\n",
            "| 点 | 含义 | 单位 | 范围 | 至少每隔 |\n|---|---|---|---|---|\n"));
    var words = words();
    kind.points()
        .values()
        .forEach(
            point ->
                text.append(
                    "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                            point.name() + (point.isWritable() ? "` `w" : ""),
                            words.getProperty("point." + point.name(), point.name()),
                            unit(point),
                            range(point),
                            point.beat().toMinutes() + " min")));
  }

  private static String unit(PointSpec point) {
    return switch (point.type()) {
      case NUM, COUNTER -> "`%s`".formatted(point.unit().symbol());
      case FLAG, STATE -> "";
    };
  }

  private String range(PointSpec point) {
    return switch (point.type()) {
      case NUM -> "%s … %s".formatted(plain(point.min()), plain(point.max()));
      case COUNTER -> say("only grows", "只增不减");
      case FLAG -> say("yes, no", "是、否");
      case STATE -> String.join(", ", point.words());
    };
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private void settings(StringBuilder text) throws IOException {
    text.append(say("\n## What may be written\n\n", "\n## 可写的设置\n\n"));
    if (kind.settings().isEmpty()) {
      text.append(
          say(
              "What every asset may have: `name`, `code`, `place`, `responsible`, `rules`.\n",
              "任何设施都有的：`name`、`code`、`place`、`responsible`、`rules`。\n"));
      return;
    }
    text.append(
        say(
            "| setting | is | as | |\n|---|---|---|---|\n",
            "| 设置 | 含义 | 写法 | |\n|---|---|---|---|\n"));
    var meanings = meanings();
    for (var setting : kind.settings()) {
      text.append(
          "| `%s` | %s | `%s` | %s |\n"
              .formatted(
                  setting.name(), meaning(meanings, setting), example(setting), need(setting)));
    }
  }

  private static String meaning(Map<String, String> meanings, SettingSpec setting) {
    var meaning = meanings.get(setting.name());
    if (meaning == null) {
      throw new AssertionError("src/test/resources/settings.txt lacks " + setting.name());
    }
    return meaning;
  }

  private static String example(SettingSpec setting) {
    return setting.shape() instanceof SettingSpec.Shape.Choice(var words)
        ? String.join("` `", words)
        : setting.example();
  }

  private String need(SettingSpec setting) {
    var must =
        switch (setting.need()) {
          case REQUIRED -> say("must be there", "必填");
          case OPTIONAL -> "";
        };
    var measured = setting.isMeasured() ? say("measured on the spot", "现场测量") : "";
    return (must + (must.isEmpty() || measured.isEmpty() ? "" : say(", ", "，")) + measured);
  }

  private void rules(StringBuilder text) throws IOException {
    text.append(say("\n## What is judged\n\n", "\n## 报警规则\n\n"));
    var rows = new ArrayList<String>();
    for (var file : packs()) {
      var rule = Files.readString(file);
      var severity = first(rule, "(?m)^severity: (\\w+)");
      if (!severity.isEmpty()) {
        rows.add(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    first(rule, "(?m)^rule: (\\S+)"),
                    severity(severity),
                    first(rule, "(?m)^parameters: \\{ (.*) \\}"),
                    first(rule, "(?m)^  %s: \"?(.*?)\"?$".formatted(Pattern.quote(language)))));
      }
    }
    if (rows.isEmpty()) {
      text.append(say("No rule ships for it.\n", "没有随附规则。\n"));
      return;
    }
    text.append(
        say(
            "| rule | severity | parameters | says |\n|---|---|---|---|\n",
            "| 规则 | 级别 | 参数 | 文字 |\n|---|---|---|---|\n"));
    text.append(String.join("", rows));
  }

  private String severity(String word) {
    return switch (word) {
      case "warning" -> say("warning", "提示");
      case "alarm" -> say("alarm", "报警");
      default -> say("emergency", "紧急");
    };
  }

  private List<Path> packs() throws IOException {
    var folder = home.resolve("rules/packs").resolve(kind.name());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static String first(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(it -> it.group(1))
        .findFirst()
        .orElse("");
  }

  /** The page's own words. */
  private Properties words() throws IOException {
    var file = "words_%s.properties".formatted(language.replace('-', '_'));
    var words = new Properties();
    try (var reader =
        Files.newBufferedReader(
            home.resolve("gateway/page/src/main/resources/org/kerbside/gateway/page")
                .resolve(file))) {
      words.load(reader);
    }
    return words;
  }

  private Map<String, String> meanings() throws IOException {
    var meanings = new HashMap<String, String>();
    for (var line : Files.readAllLines(Path.of("src/test/resources/settings.txt"))) {
      var words = line.split(" \\| ", 3);
      if (words.length == 3 && !line.startsWith("#")) {
        meanings.put(words[0], say(words[1], words[2]));
      }
    }
    return meanings;
  }
}
