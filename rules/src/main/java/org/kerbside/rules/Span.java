package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Unit;

/** What a window is over: rules that look at the same share it. */
record Span(Slot.Source source, Length length) {

  private static final Pattern WRITTEN = Pattern.compile("(\\d+(?:\\.\\d+)?)(\\S+)");

  /** What hears of the point: a day that is over is kept with the one that is open. */
  Span fed() {
    return switch (length) {
      case Length.Yesterday yesterday -> new Span(source, new Length.Day());
      case Length.Hours hours -> new Span(source, hours.last());
      case Length.Last last -> this;
      case Length.Day day -> this;
      case Length.Since since -> this;
      case Length.Open open -> this;
    };
  }

  /** What its window takes, at most. */
  int bytes() {
    return switch (length) {
      case Length.Last last -> Sliding.BYTES;
      case Length.Day day -> Tally.BYTES;
      case Length.Yesterday yesterday -> 0;
      case Length.Since since -> Count.BYTES;
      case Length.Hours hours -> hours.before() == 0 ? Daily.BYTES : 0;
      case Length.Open open -> Habit.BYTES + Habit.VALVE_BYTES * open.valves().size();
    };
  }

  /** A length of time as it is written, in seconds; null when it is none. */
  static @Nullable Double seconds(String written) {
    var match = WRITTEN.matcher(written);
    var unit = match.matches() ? Unit.of(match.group(2)) : null;
    return unit == null || !unit.fits(Unit.SECOND)
        ? null
        : Double.valueOf(unit.toKept(Double.parseDouble(match.group(1))));
  }

  /** A length of time in the greatest unit that it is whole in, up to hours. */
  static String written(Duration length) {
    if (length.toNanosPart() > 0) {
      return length.toMillis() + "ms";
    }
    if (length.toSecondsPart() > 0) {
      return length.toSeconds() + "s";
    }
    return length.toMinutesPart() > 0 ? length.toMinutes() + "min" : length.toHours() + "h";
  }

  /** The windows of a site, found while its rules are read; each has its number. */
  static final class Table {

    private final Map<Span, Integer> numbers = new LinkedHashMap<>();

    int number(Span span) {
      if (!span.fed().equals(span)) {
        number(span.fed());
      }
      return numbers.computeIfAbsent(span, key -> numbers.size());
    }

    List<Span> spans() {
      return new ArrayList<>(numbers.keySet());
    }
  }
}
