package org.kerbside.config;

import java.util.regex.Pattern;

/** Spans of the day and of the year: {@code hours: 05:00..23:00}, {@code season: 04-15..10-15}. */
final class Spans {

  private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d|24:00");
  private static final Pattern DAY =
      Pattern.compile(
          "(0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])"
              + "|(0[469]|11)-(0[1-9]|[12]\\d|30)"
              + "|02-(0[1-9]|[12]\\d)");

  private Spans() {}

  /**
   * False, and a mistake, where a setting of that name holds no such span; others are free text.
   */
  static boolean check(String setting, Text text, Mistakes mistakes) {
    return switch (setting) {
      case "hours" -> check(text, TIME, "05:00..23:00", mistakes);
      case "season" -> check(text, DAY, "04-15..10-15", mistakes);
      default -> true;
    };
  }

  private static boolean check(Text text, Pattern end, String example, Mistakes mistakes) {
    var ends = text.text().split("\\.\\.", -1);
    boolean isSpan =
        ends.length == 2
            && end.matcher(ends[0]).matches()
            && end.matcher(ends[1]).matches()
            && !ends[0].equals(ends[1]);
    if (!isSpan) {
      mistakes.add(
          text.mark(),
          "E303",
          "'%s' is not a span".formatted(text),
          "write for example " + example);
    }
    return isSpan;
  }
}
