package org.kerbside.gateway.app.wiring;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kerbside.config.Mistakes;

/**
 * Every code that {@code check} can tell, with one real mistake, what it means and the remedy.
 *
 * @param language {@code en} or {@code zh-CN}
 */
record CodePage(Path home, String language) {

  private static final Path OWN = Path.of("src/test/resources/codes");
  private static final Path TEXTS = Path.of("src/test/resources/codes.txt");
  private static final Pattern CODE = Pattern.compile("\"([EW]\\d{3})\"");
  private static final Pattern TOLD =
      Pattern.compile("(?m)^\\S+: (?:error|warning) (\\w+): (?:.*\\R)  +.*\\R  +.*\\R  +=.*\\R");

  private static final Map<String, String> CHAPTERS =
      new TreeMap<>(
          Map.of(
              "0", "Structure|结构",
              "1", "Values|数值",
              "2", "Wiring|接线",
              "3", "Place and time|地点与时间",
              "4", "Rules|规则",
              "5", "Uplink and security|上行与安全",
              "6", "Integrations|对接"));

  String text() throws IOException {
    var specimens = specimens();
    var texts = texts();
    var text = new StringBuilder();
    for (var chapter : CHAPTERS.entrySet()) {
      text.append("## %s\n\n".formatted(said(chapter.getValue())));
      for (var code : texts.keySet()) {
        if (code.substring(1).startsWith(chapter.getKey())) {
          var words = texts.getOrDefault(code, List.of());
          text.append("### %s\n\n**%s.** %s\n\n".formatted(code, words.getFirst(), words.get(1)));
          text.append("```text\n%s```\n\n".formatted(specimens.getOrDefault(code, "")));
        }
      }
    }
    return text.toString();
  }

  private String said(String both) {
    int bar = both.indexOf('|');
    return language.equals("en") ? both.substring(0, bar) : both.substring(bar + 1);
  }

  /** Every code that a source can tell. */
  static TreeSet<String> codes(Path home) throws IOException {
    var codes = new TreeSet<String>();
    for (var room : List.of("config", "rules", "drivers", "gateway")) {
      try (var files = Files.walk(home.resolve(room))) {
        for (var file :
            files.filter(it -> it.toString().matches(".*/src/main/.*\\.java")).toList()) {
          CODE.matcher(Files.readString(file)).results().forEach(it -> codes.add(it.group(1)));
        }
      }
    }
    return codes;
  }

  /** The first mistake of each code, as it is told: those of the rooms, then those made here. */
  static SortedMap<String, String> specimens(Path home) throws IOException {
    var specimens = new TreeMap<String, String>();
    try (var folders = Files.list(home.resolve("config/testdata"));
        var wrong = Files.list(home.resolve("rules/testdata/wrong"))) {
      var files =
          Stream.concat(
                  folders.map(folder -> folder.resolve("expected.err")),
                  wrong.filter(file -> file.toString().endsWith(".err")))
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      for (var file : files) {
        add(specimens, Files.readString(file) + "\n");
      }
    }
    try (var own = Files.list(OWN)) {
      for (var folder : own.sorted().toList()) {
        var mistakes = new Mistakes();
        Plan.read(folder.resolve("site.yaml"), List.of(), mistakes);
        var told =
            mistakes.all().stream()
                .filter(mistake -> mistake.code().equals(String.valueOf(folder.getFileName())))
                .map(mistake -> mistake + "\n")
                .collect(joining());
        add(specimens, told.replace(folder + "/", ""));
      }
    }
    return specimens;
  }

  private SortedMap<String, String> specimens() throws IOException {
    return specimens(home);
  }

  /** Short ones: a page is no wider than a screen. */
  private static void add(Map<String, String> specimens, String told) {
    TOLD.matcher(told)
        .results()
        .filter(found -> found.group().lines().allMatch(line -> line.length() < 150))
        .forEach(found -> specimens.putIfAbsent(found.group(1), found.group()));
  }

  /** By code: its name, and what to do. */
  private SortedMap<String, List<String>> texts() throws IOException {
    var texts = new TreeMap<String, List<String>>();
    for (var line : Files.readAllLines(TEXTS)) {
      var words = List.of(line.split(" \\| ", 5));
      if (!line.startsWith("#")) {
        texts.put(
            words.getFirst(), language.equals("en") ? words.subList(1, 3) : words.subList(3, 5));
      }
    }
    return texts;
  }

  /** Those that have a text. */
  TreeSet<String> told() throws IOException {
    return new TreeSet<>(texts().keySet());
  }
}
