package org.kerbside.gateway.app.wiring;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the sources say of a family of devices: a site with them, and the models that ship.
 *
 * @param family the driver's folder
 * @param language {@code en} or {@code zh-CN}
 */
record DevicePage(Path home, String family, String language) {

  private static final Pattern DRIVER = Pattern.compile("(?m)^driver: (\\S+)");
  private static final Pattern CHIP = Pattern.compile("(?m)^chip: (\\S+)");

  private static final Pattern POINTS = Pattern.compile("(?ms)^points:\n(.*?)(?=^\\S|\\z)");

  /** A point of a profile, in a line of its own below {@code points}. */
  private static final Pattern POINT = Pattern.compile("(?m)^  ([a-zA-Z0-9/]+):[ \n]");

  String text() throws IOException {
    var text = new StringBuilder();
    var sample = home.resolve("drivers").resolve(family).resolve("sample.yaml");
    if (Files.exists(sample)) {
      text.append(say("## A site with them\n\n", "## 站点示例\n\n"))
          .append("```yaml\n")
          .append(Files.readString(sample))
          .append("```\n\n");
    }
    var models = models();
    if (!models.isEmpty()) {
      text.append(say("## Models that ship\n\n", "## 随附型号\n\n"))
          .append(say("| profile | tells |\n|---|---|\n", "| 配置文件 | 报告 |\n|---|---|\n"));
      for (var model : models) {
        text.append(row(model));
      }
      text.append('\n');
    }
    return text.append(
            say(
                    "More, for developers: [drivers/%1$s](../../../../drivers/%1$s/README.md).\n",
                    "更多（英文，供开发者）：[drivers/%1$s](../../../../drivers/%1$s/README.md)。\n")
                .formatted(family))
        .toString();
  }

  private String say(String english, String chinese) {
    return language.equals("en") ? english : chinese;
  }

  private String row(Path model) throws IOException {
    var name = String.valueOf(model.getFileName()).replace(".yaml", "");
    var points =
        POINTS
            .matcher(Files.readString(model))
            .results()
            .flatMap(all -> POINT.matcher(all.group(1)).results())
            .map(point -> "`" + point.group(1) + "`")
            .distinct()
            .collect(joining(" "));
    var told = points.isEmpty() ? say("the point it is wired to", "所接的点") : points;
    return "| `%s` | %s |\n".formatted(name, told);
  }

  /** A chip's profile is its own family's, though its driver is the board. */
  private List<Path> models() throws IOException {
    try (var files = Files.list(home.resolve("config/profiles"))) {
      var models = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      return models.stream().filter(this::isOfFamily).toList();
    }
  }

  private boolean isOfFamily(Path profile) {
    try {
      var text = Files.readString(profile);
      var chip = CHIP.matcher(text);
      var driver = DRIVER.matcher(text);
      return chip.find()
          ? chip.group(1).startsWith(family)
              || (family.equals("a02yyuw") && chip.group(1).equals("sen0754"))
          : driver.find() && driver.group(1).equals(family);
    } catch (IOException gone) {
      return false;
    }
  }
}
