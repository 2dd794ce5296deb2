package org.kerbside.config;

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
   */
  public record Probation(long back, Terms terms, String boot, double until, int crashes) {

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

  boolean names(long number) {
    return number == revision || (probation != null && number == probation.back());
  }

  String text() {
    var text = new StringBuilder(HEAD).append("revision: %d\n".formatted(revision));
    if (probation != null) {
      text.append(
          "probation: { back: %d, terms: %s, boot: %s, until: \"%s\", crashes: %d }\n"
              .formatted(
                  probation.back(),
                  probation.terms().word(),
                  Diagnostics.quoted(probation.boot()),
                  probation.until(),
                  probation.crashes()));
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
              crashes.intValue());
    } catch (NumberFormatException broken) {
      return null;
    }
  }

  private static String word(Section own, String key) {
    var text = own.text(key);
    return text == null ? "" : text.text();
  }
}
