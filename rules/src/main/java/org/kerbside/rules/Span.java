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

  /** The civil day's own; the day before is kept with it. */
  Span today() {
    return new Span(source, new Length.Day());
  }

  /** What its window takes, at most. */
  int bytes() {
    return switch (length) {
      case Length.Last last -> Sliding.BYTES;
      case Length.Day day -> Tally.BYTES;
      case Length.Yesterday yesterday -> 0;
      case Length.Since since -> Count.BYTES;
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
      if (span.length() instanceof Length.Yesterday) {
        number(span.today());
      }
      return numbers.computeIfAbsent(span, key -> numbers.size());
    }

    List<Span> spans() {
      return new ArrayList<>(numbers.keySet());
    }
  }
}
