package org.kerbside.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which revision runs, and on what terms.
 *
 * @param revision 0 where none ever ran
 * @param probation absent once the revision is there to stay
 * @param returned from which revision the gateway came back by itself, until another is applied; 0
 *     for none
 * @param because why it did; empty for none
 */
public record Standing(
    long revision, @Nullable Probation probation, long returned, String because) {

  /** Nothing ever ran. */
  public static final Standing NONE = new Standing(0, null, 0, "");

  private static final String FILE = "current";
  private static final String HEAD =
      """
      # Which revision of the configuration runs. Written by kerbside, moved here as a whole.
      schema: 1
      """;

  /**
   * A revision that is not trusted yet.
   *
   * @param back what is gone back to
   * @param terms what it must show
   * @param boot the board's start that the time counts from, as the kernel names it
   * @param until when it ends, in seconds since that start
   * @param crashes how often the process has begun again since without being asked to
   * @param answering how many devices answered before, by bus
   */
  public record Probation(
      long back,
      Terms terms,
      String boot,
      double until,
      int crashes,
      SortedMap<String, Integer> answering) {

    public Probation {
      answering = Collections.unmodifiableSortedMap(new TreeMap<>(answering));
    }

    /** The same after more or fewer crashes. */
    public Probation crashed(int times) {
      return new Probation(back, terms, boot, until, times, answering);
    }

    /** The same on another start of the board. */
    public Probation on(String otherBoot, double otherUntil) {
      return new Probation(back, terms, otherBoot, otherUntil, crashes, answering);
    }

    /** What a revision on probation must show. */
    public enum Terms {
      /** That it does not bring the process down. */
      RUNS,
      /** That the city hears of it, and no bus answers worse, as well. */
      REACHES;

      String word() {
        return this == RUNS ? "runs" : "reaches";
      }
    }
  }

  /** One that is there to stay. */
  public static Standing on(long revision) {
    return new Standing(revision, null, 0, "");
  }

  /** The same on other terms; absent: it is trusted. */
  public Standing with(@Nullable Probation other) {
    return new Standing(revision, other, returned, because);
  }

  /** Back to the revision before. */
  public Standing returned(long back, String why) {
    return new Standing(back, null, revision, why);
  }

  boolean names(long number) {
    return number == revision || (probation != null && number == probation.back());
  }

  String text() {
    var text = new StringBuilder(HEAD).append("revision: %d\n".formatted(revision));
    if (probation != null) {
      text.append(
          "probation: { back: %d, terms: %s, boot: %s, until: \"%s\", crashes: %d, answering: {%s} }\n"
              .formatted(
                  probation.back(),
                  probation.terms().word(),
                  Diagnostics.quoted(probation.boot()),
                  probation.until(),
                  probation.crashes(),
                  probation.answering().entrySet().stream()
                      .map(e -> " %s: %d".formatted(Diagnostics.quoted(e.getKey()), e.getValue()))
                      .collect(Collectors.joining(","))));
    }
    if (returned != 0) {
      text.append(
          "returned: { from: %d, because: %s }\n".formatted(returned, Diagnostics.quoted(because)));
    }
    return text.toString();
  }

  /** Of a file that nobody but us writes: what cannot be read is nothing that ran. */
  static Standing read(String text) {
    var mistakes = new Mistakes();
    var top = Yaml.read(FILE, text, mistakes);
    var number = top == null ? null : top.number("revision");
    if (top == null || number == null) {
      return NONE;
    }
    var probation = top.section("probation");
    var returned = top.section("returned");
    var from = returned == null ? null : returned.number("from");
    return new Standing(
        number.longValue(),
        probation == null ? null : probation(probation),
        from == null ? 0 : from.longValue(),
        returned == null ? "" : word(returned, "because"));
  }

  private static @Nullable Probation probation(Section own) {
    var back = own.number("back");
    var crashes = own.number("crashes");
    try {
      return back == null || crashes == null
          ? null
          : new Probation(
              back.longValue(),
              word(own, "terms").equals(Probation.Terms.REACHES.word())
                  ? Probation.Terms.REACHES
                  : Probation.Terms.RUNS,
              word(own, "boot"),
              Double.parseDouble(word(own, "until")),
              crashes.intValue(),
              counts(own.section("answering")));
    } catch (NumberFormatException broken) {
      return null;
    }
  }

  private static SortedMap<String, Integer> counts(@Nullable Section own) {
    var counts = new TreeMap<String, Integer>();
    if (own != null) {
      for (var entry : own.entries()) {
        var count = own.number(entry.key().text());
        counts.put(entry.key().text(), count == null ? 0 : count.intValue());
      }
    }
    return counts;
  }

  private static String word(Section own, String key) {
    var text = own.text(key);
    return text == null ? "" : text.text();
  }
}
