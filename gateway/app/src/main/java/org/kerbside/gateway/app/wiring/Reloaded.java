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
    return "{\"format\":1,\"revision\":%d,\"before\":%d,\"milliseconds\":%d,\"probation\":%s,\"changes\":%s}"
        .formatted(
            revision.number(),
            before.number(),
            took.toMillis(),
            terms == Terms.RUNS ? "null" : String.valueOf(probation.toSeconds()),
            json(difference));
  }

  static String json(Difference difference) {
    return difference.changes().stream()
        .map(Reloaded::json)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String json(Difference.Change change) {
    return "{\"part\":%s,\"name\":%s,\"change\":%s,\"words\":%s}"
        .formatted(
            Diagnostics.quoted(change.part().what().word()),
            Diagnostics.quoted(change.part().name()),
            Diagnostics.quoted(change.how().word()),
            change.words().entrySet().stream()
                .map(
                    word ->
                        "%s:[%s,%s]"
                            .formatted(
                                Diagnostics.quoted(word.getKey()),
                                json(word.getValue().was()),
                                json(word.getValue().is())))
                .collect(Collectors.joining(",", "{", "}")));
  }

  private static String json(@Nullable String word) {
    return word == null ? "null" : Diagnostics.quoted(word);
  }
}
