package org.kerbside.rules;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Text;

/** Times and days as people write them; what is none is a mistake. */
record Dates(Mistakes mistakes) {

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  /** {@code "23:00"}. */
  @Nullable LocalTime time(Text text) {
    try {
      return LocalTime.parse(text.text());
    } catch (DateTimeException told) {
      mistakes.add(
          text.mark(),
          "E104",
          "'%s' is no time of day".formatted(text),
          "write \"23:00\", sunset or sunrise + 10min");
      return null;
    }
  }

  /** {@code [mon, wed]}; all of them where there are none. */
  Set<DayOfWeek> week(List<Text> texts) {
    if (texts.isEmpty()) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var text : texts) {
      int day = DAYS.indexOf(text.text());
      if (day < 0) {
        mistakes.add(
            text.mark(),
            "E104",
            "'%s' is no day of the week".formatted(text),
            Nearest.help(text.text(), DAYS));
      } else {
        days.add(DayOfWeek.of(day + 1));
      }
    }
    return days;
  }

  /** {@code 04-15..10-15}. */
  Watering.@Nullable Season season(Text text) {
    var days = yearly(text.text());
    if (days == null) {
      mistakes.add(text.mark(), "E104", "'%s' is no season".formatted(text), "write 04-15..10-15");
      return null;
    }
    return new Watering.Season(days.first(), days.last());
  }

  /** {@code 2026-10-01..2026-10-07}, or every year {@code 10-01}. */
  Nights.@Nullable Days days(Text text) {
    var yearly = yearly(text.text());
    if (yearly != null) {
      return yearly;
    }
    String[] ends = text.text().split("\\.\\.", -1);
    try {
      var first = LocalDate.parse(ends[0].strip());
      var last = ends.length == 1 ? first : LocalDate.parse(ends[1].strip());
      if (ends.length <= 2 && !last.isBefore(first)) {
        return new Nights.Days.Once(first, last);
      }
    } catch (DateTimeException told) {
      // Told below, with what has no two ends.
    }
    mistakes.add(
        text.mark(),
        "E104",
        "'%s' are no days".formatted(text),
        "write 2026-10-01..2026-10-07, or 10-01 for every year");
    return null;
  }

  private static Nights.Days.@Nullable Yearly yearly(String text) {
    String[] ends = text.split("\\.\\.", -1);
    try {
      var first = MonthDay.parse("--" + ends[0].strip());
      return ends.length > 2
          ? null
          : new Nights.Days.Yearly(
              first, ends.length == 1 ? first : MonthDay.parse("--" + ends[1].strip()));
    } catch (DateTimeException none) {
      return null;
    }
  }
}
