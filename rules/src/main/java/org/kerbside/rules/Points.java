package org.kerbside.rules;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/** What each point showed, what it was told, when, and how far that is trusted. */
final class Points {

  private static final Value.State NO_DOUBT = new Value.State("");

  private final Value.@Nullable State[] doubts;
  private final @Nullable Value[] observed;
  private final @Nullable Value[] ordered;
  private final long[] heard; // ns since boot; NEVER for what was not
  private final long[] told; // likewise of orders

  Points(int points) {
    heard = new long[points];
    told = new long[points];
    Arrays.fill(heard, Window.NEVER);
    Arrays.fill(told, Window.NEVER);
    doubts = new Value.State[points];
    observed = new Value[points];
    ordered = new Value[points];
  }

  @Nullable Value observed(Point point) {
    return observed[point.index()];
  }

  @Nullable Value ordered(Point point) {
    return ordered[point.index()];
  }

  /** What a reading would tell, were it heard. */
  void suppose(Point point, @Nullable Value value) {
    observed[point.index()] = value;
  }

  /** What a point's quality is; null where it was never heard, or is no longer. */
  Value.@Nullable State doubt(Point point) {
    return doubts[point.index()];
  }

  /** Takes a reading's quality. Who says nothing is no doubtful one: others tell that. */
  void doubts(Reading reading) {
    doubts[reading.point().index()] =
        switch (reading.quality()) {
          case Quality.Good() -> NO_DOUBT;
          case Quality.Uncertain(var reason) -> new Value.State(reason.text());
          case Quality.Bad(var reason) ->
              reason.equals(Reason.STALE) || reason.equals(Reason.SILENT)
                  ? null
                  : new Value.State(reason.text());
        };
  }

  void observe(Point point, @Nullable Value value, long nanos) {
    observed[point.index()] = value;
    hears(point, value, nanos);
  }

  void order(Point point, @Nullable Value value, long nanos) {
    ordered[point.index()] = value;
    told[point.index()] = value == null ? told[point.index()] : nanos;
  }

  /** A sample came, whether or not it enters a frame. */
  void hears(Point point, @Nullable Value value, long nanos) {
    if (value != null) {
      heard[point.index()] = nanos;
    }
  }

  /** When it last spoke and was known, ns since boot; {@link Window#NEVER} when it never was. */
  long heard(Slot.Source source) {
    return switch (source) {
      case Slot.Observed(var point) -> heard[point.index()];
      case Slot.Commanded(var point) -> told[point.index()];
    };
  }

  /**
   * What is known of a point.
   *
   * @param heard when it last was, since boot; absent when never
   * @param told when it was last ordered, likewise
   */
  record Known(
      @Nullable Value observed,
      @Nullable Duration heard,
      @Nullable Value ordered,
      @Nullable Duration told) {}

  Known known(Point point) {
    int index = point.index();
    return new Known(observed[index], span(heard[index]), ordered[index], span(told[index]));
  }

  /** It is so, and nothing happened: no window hears of it. */
  void recall(Point point, Known known) {
    int index = point.index();
    observed[index] = known.observed();
    ordered[index] = known.ordered();
    heard[index] = nanos(known.heard());
    told[index] = nanos(known.told());
  }

  private static @Nullable Duration span(long nanos) {
    return nanos == Window.NEVER ? null : Duration.ofNanos(nanos);
  }

  private static long nanos(@Nullable Duration span) {
    return span == null ? Window.NEVER : span.toNanos();
  }
}
