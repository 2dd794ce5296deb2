package org.kerbside.gateway.app.wiring;

import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Difference;
import org.kerbside.config.Revision;
import org.kerbside.config.Standing.Probation.Terms;

/**
 * What {@code kerbside reload} prints of a revision that was applied.
 *
 * @param probation how long it must show what its terms ask for
 */
record Reloaded(
    Revision revision,
    Revision before,
    Difference difference,
    Terms terms,
    Duration probation,
    Duration took) {

  String text() {
    return lines(difference)
        + "revision %d applied in %d ms%s".formatted(revision.number(), took.toMillis(), trust());
  }

  /** A line for each part, with its end. */
  static String lines(Difference difference) {
    int width =
        difference.changes().stream().mapToInt(c -> c.part().name().length()).max().orElse(1);
    return difference.changes().stream()
        .map(change -> line(change, width))
        .collect(Collectors.joining());
  }

  private static String line(Difference.Change change, int width) {
    return ("  %c %-" + width + "s  %s")
            .formatted(change.how().sign(), change.part().name(), change.text())
            .stripTrailing()
        + "\n";
  }

  private String trust() {
    return terms == Terms.RUNS
        ? ""
        : "; probation %s, then kept, or back to %d"
            .formatted(Periods.text(probation), before.number());
  }

  String json() {
    return Json.answer()
        .put("revision", revision.number())
        .put("before", before.number())
        .put("milliseconds", took.toMillis())
        .put("probation", terms == Terms.RUNS ? null : (Long) probation.toSeconds())
        .as("changes", json(difference))
        .toString();
  }

  static String json(Difference difference) {
    return Json.array(difference.changes().stream().map(Reloaded::json));
  }

  private static Json json(Difference.Change change) {
    var words = new Json();
    change
        .words()
        .forEach(
            (name, word) -> words.as(name, "[%s,%s]".formatted(json(word.was()), json(word.is()))));
    return new Json()
        .put("part", change.part().what().word())
        .put("name", change.part().name())
        .put("change", change.how().word())
        .put("words", words);
  }

  private static String json(@Nullable String word) {
    return word == null ? "null" : Diagnostics.quoted(word);
  }
}
