package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of metrics in the manual, held against a scrape: names, types and labels in both
 * languages, in English what the scrape itself says of them.
 */
final class MetricTable {

  /** What not every machine, not every site and not every moment tells. */
  private static final Set<String> SOMETIMES =
      Set.of(
          "board_temperature_celsius",
          "board_undervoltage",
          "card_life_years",
          "clock_within_seconds",
          "integration_lost_total",
          "integration_sent_total");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (counter|gauge) \\| ([^|]*) \\| ([^|]+) \\|$");
  private static final Pattern HELP =
      Pattern.compile("(?m)^# HELP kerbside_(\\w+) (.+)\n# TYPE \\w+ (\\w+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  private MetricTable() {}

  static void holds(String scrape) throws IOException {
    var english = rows("en");
    var scraped = new TreeMap<String, List<String>>();
    HELP.matcher(scrape)
        .results()
        .forEach(
            it ->
                scraped.put(
                    it.group(1),
                    List.of(it.group(3), labels(scrape, it.group(1), english), it.group(2))));
    var chinese = rows("zh-CN");
    assertThat(english).containsAllEntriesOf(scraped);
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    chinese.forEach(
        (name, row) -> {
          assertThat(row.subList(0, 2))
              .as(name)
              .isEqualTo(english.getOrDefault(name, List.of("", "")).subList(0, 2));
          assertThat(row.getLast()).as(name).containsPattern(HAN);
        });
    var untold = new TreeSet<>(english.keySet());
    untold.removeAll(scraped.keySet());
    assertThat(SOMETIMES).containsAll(untold);
  }

  /** Those of its figures; where it has none just now, what the manual says. */
  private static String labels(String scrape, String name, Map<String, List<String>> english) {
    var figure = Pattern.compile("(?m)^kerbside_" + name + "(\\{.*})? ").matcher(scrape);
    if (!figure.find()) {
      return english.getOrDefault(name, List.of("", "not in the manual", "")).get(1);
    }
    return figure.group(1) == null
        ? ""
        : LABEL
            .matcher(figure.group(1))
            .results()
            .map(label -> "`" + label.group(1) + "`")
            .collect(Collectors.joining(", "));
  }

  private static Map<String, List<String>> rows(String language) throws IOException {
    var file = GatewayProcess.home().resolve("deploy/docs").resolve(language).resolve("metrics.md");
    var rows = new TreeMap<String, List<String>>();
    ROW.matcher(Files.readString(file))
        .results()
        .forEach(row -> rows.put(row.group(1), List.of(row.group(2), row.group(3), row.group(4))));
    return rows;
  }
}
