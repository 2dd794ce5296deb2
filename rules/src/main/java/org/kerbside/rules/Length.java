package org.kerbside.rules;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;

/** How far a window reaches back. */
sealed interface Length {

  /** As it is written between quotes. */
  String written();

  /** Whether it ends by the clock. */
  default boolean isCivil() {
    return this instanceof Day || this instanceof Yesterday || this instanceof Hours;
  }

  /** Within which people can have said something. */
  sealed interface Sayable extends Length {}

  /** So long before now, by monotonic time. */
  record Last(Duration span) implements Sayable {
    @Override
    public String written() {
      return Span.written(span);
    }
  }

  /** Since local midnight. */
  record Day() implements Sayable {
    @Override
    public String written() {
      return "day";
    }
  }

  /** The civil day before this one, whole. */
  record Yesterday() implements Sayable {
    @Override
    public String written() {
      return "yesterday";
    }
  }

  /**
   * The same hours of a day, the last time that they were over.
   *
   * @param before how many days before that, 0 to {@link #MOST}
   */
  record Hours(LocalTime from, LocalTime to, int before) implements Length {

    static final int MOST = 7;

    private static final String TIME = "([01]\\d:[0-5]\\d|2[0-3]:[0-5]\\d)";
    private static final Pattern WRITTEN =
        Pattern.compile(TIME + "\\.\\." + TIME + "( -([1-" + MOST + "])d)?");

    /** Null when it is none. */
    static @Nullable Hours of(String written) {
      var match = WRITTEN.matcher(written);
      if (!match.matches() || match.group(1).equals(match.group(2))) {
        return null;
      }
      int before = match.group(4) == null ? 0 : Integer.parseInt(match.group(4));
      return new Hours(LocalTime.parse(match.group(1)), LocalTime.parse(match.group(2)), before);
    }

    /** The same, of the last day. */
    Hours last() {
      return new Hours(from, to, 0);
    }

    @Override
    public String written() {
      return "%s..%s%s".formatted(from, to, before == 0 ? "" : " -%dd".formatted(before));
    }
  }

  /** The times at which one alone of these was open. */
  record Open(List<Point> valves) implements Length {
    public Open {
      valves = List.copyOf(valves);
    }

    @Override
    public String written() {
      return "with "
          + valves.stream().map(valve -> valve.id().toString()).collect(Collectors.joining(", "));
    }
  }

  /** Since people said that they did something there; before they ever did, since it spoke. */
  record Since(Deed deed, String asset) implements Length {
    @Override
    public String written() {
      return "since " + deed.word();
    }
  }
}
