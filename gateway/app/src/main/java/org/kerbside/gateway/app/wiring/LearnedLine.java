package org.kerbside.gateway.app.wiring;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Learned;

/** What was learned of an asset, as people and programs are told it. */
record LearnedLine(Learned learned) {

  String text() {
    return learned.set().entrySet().stream()
        .map(
            e ->
                "%s %s → %s"
                    .formatted(
                        e.getKey(), learned.was().getOrDefault(e.getKey(), "–"), e.getValue()))
        .collect(Collectors.joining(", ", learned.asset() + ": ", ""));
  }

  String json() {
    return Json.answer()
        .put("asset", learned.asset().text())
        .put("set", Json.of(words()))
        .put("was", Json.of(learned.was()))
        .put("by", learned.by())
        .put("when", learned.when().toString())
        .toString();
  }

  /** The new words by their names. */
  SequencedMap<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    learned.set().forEach((name, text) -> words.put(name, text.text()));
    return words;
  }

  /** A line for the site's own files. */
  String yaml(ZoneId zone) {
    var day = learned.when().atZone(zone).toLocalDate();
    return "%s: { %s }  # %s, %s; was %s"
        .formatted(
            learned.asset(),
            learned.set().entrySet().stream()
                .map(e -> key(e.getKey()) + ": " + word(e.getValue().text()))
                .collect(Collectors.joining(", ")),
            learned.by(),
            day,
            learned.was().isEmpty()
                ? "–"
                : learned.was().entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining(", ")));
  }

  private static String key(String name) {
    return name.matches("[a-z0-9-]+") ? name : Diagnostics.quoted(name);
  }

  private static String word(String text) {
    return text.matches("[A-Za-z0-9./%_-]+") ? text : Diagnostics.quoted(text);
  }
}
