package org.kerbside.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code --set path=value} says: any scalar of the site by its dotted path. */
final class Settings {

  private static final String ORIGIN = "--set";

  /** A range's two dots are part of a word: {@code assets.lamp-1..8.power}. */
  private static final String DOT = "(?<!\\.)\\.(?!\\.)";

  private final Mistakes mistakes;

  Settings(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** The site with all of them set; the later wins. */
  Section applied(Section site, List<String> settings) {
    var result = site;
    int line = 1;
    for (var written : settings) {
      result = applied(result, written, line++);
    }
    return result;
  }

  private Section applied(Section site, String written, int line) {
    int equals = written.indexOf('=');
    if (equals <= 0) {
      mistakes.add(
          new Mark(ORIGIN, line, 1, written.codePointCount(0, written.length()), written),
          "E004",
          "'%s' is not path=value".formatted(written),
          "write for example uplink.url=mqtt://127.0.0.1:1883");
      return site;
    }
    var path = path(written, line, equals);
    if (path.getFirst().text().equals("include")) {
      mistakes.add(
          path.getFirst().mark(),
          "E004",
          "files are included before anything is set",
          "write include into the site file");
      return site;
    }
    return set(site, path, word(written, line, equals + 1, written.length()));
  }

  private static List<Text> path(String written, int line, int equals) {
    var path = new ArrayList<Text>();
    int at = 0;
    for (var word : written.substring(0, equals).split(DOT, -1)) {
      path.add(word(written, line, at, at + word.length()));
      at += word.length() + 1;
    }
    return path;
  }

  private static Text word(String written, int line, int from, int to) {
    var mark =
        new Mark(
            ORIGIN,
            line,
            written.codePointCount(0, from) + 1,
            Math.max(1, written.codePointCount(from, to)),
            written);
    return new Text(written.substring(from, to), mark, Text.Style.PLAIN);
  }

  /** The section with one value set, by the words of its path. */
  Section set(Section section, List<Text> path, Text value) {
    var key = path.getFirst();
    if (path.size() == 1) {
      return leaf(section, key, value);
    }
    return switch (section.node(key.text())) {
      case null ->
          section.with(key, below(new Section(key.mark(), Map.of(), mistakes), path, value));
      case Node.Mapping(var child) -> section.with(key, below(child, path, value));
      case Node.Word word -> refused(section, key, "one value");
      case Node.Items items -> refused(section, key, "a list");
    };
  }

  private Node below(Section child, List<Text> path, Text value) {
    return new Node.Mapping(set(child, path.subList(1, path.size()), value));
  }

  private Section leaf(Section section, Text key, Text value) {
    if (section.node(key.text()) instanceof Node.Mapping) {
      mistakes.add(
          key.mark(),
          "E004",
          "'%s' is a section".formatted(key),
          "name one of its settings: %s.…".formatted(key));
      return section;
    }
    // A code is quoted in a file because YAML could take it for a number; here nothing does.
    var word = new Node.Word(new Text(value.text(), value.mark(), Text.Style.QUOTED));
    return section.with(key, word.over(section.node(key.text())));
  }

  private Section refused(Section section, Text key, String what) {
    mistakes.add(
        key.mark(),
        "E004",
        "'%s' is %s, no section".formatted(key, what),
        "set it as a whole, or check the path");
    return section;
  }
}
