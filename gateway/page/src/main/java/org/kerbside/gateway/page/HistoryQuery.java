package org.kerbside.gateway.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.page.Endpoint.Parameter;

/**
 * What is asked of a point's history: {@code from} and {@code to}, by default the last 24 h, in at
 * most {@code n} buckets. What tells of people stays closed: a stall has none for visitors of the
 * page, and what is counted comes in hours.
 *
 * @param step of the buckets, a divisor of a day
 */
record HistoryQuery(Point point, Instant from, Instant to, Duration step) {

  static final int MOST = 400;

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.path("asset", "Its id."),
          Parameter.path("point", "Its name."),
          Parameter.query("from", "A day before 'to' if not given.", Shape.TIME),
          Parameter.query("to", "Now if not given; at most 31 days after 'from'.", Shape.TIME),
          Parameter.query(
              "n",
              "At most so many steps.",
              Shape.within(Shape.INTEGER, Shape.limits("minimum", 1, "maximum", MOST))));

  private static final Duration LONGEST = Duration.ofDays(31);
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<Integer> STEPS =
      List.of(1, 2, 3, 5, 6, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440); // minutes

  /**
   * @param parameter the query's, by name; null where it has none
   */
  static HistoryQuery of(
      List<Asset> assets,
      String asset,
      String point,
      Function<String, @Nullable String> parameter,
      Moment now)
      throws Problem {
    var known = point(assets, asset, point);
    var to = time("to", parameter.apply("to"), now.wall());
    var from = time("from", parameter.apply("from"), to.minus(DAY));
    var span = Duration.between(from, to);
    if (!span.isPositive() || span.compareTo(LONGEST) > 0) {
      throw Problem.bad("from: %s is not before to, %s, by 31 days at most".formatted(from, to));
    }
    long buckets = count(parameter.apply("n"));
    long least = (span.toMinutes() + buckets - 1) / buckets;
    long allowed = Reader.VIEWER.least(known).toMinutes();
    return new HistoryQuery(known, from, to, step(Math.max(allowed, least)));
  }

  private static Point point(List<Asset> assets, String id, String name) throws Problem {
    for (var asset : assets) {
      var point = asset.id().equals(id) ? asset.point(name) : null;
      if (point != null) {
        if (!Reader.VIEWER.seesPast(asset)) {
          throw Problem.forbidden("%s: a stall's history tells of people".formatted(point));
        }
        return point;
      }
    }
    throw Problem.unknown("no point is called '%s/%s'".formatted(id, name));
  }

  /** One of a query; without it another. */
  static Instant time(String name, @Nullable String text, Instant otherwise) throws Problem {
    if (text == null) {
      return otherwise;
    }
    try {
      // An unescaped plus comes as a blank.
      var time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
        throw Problem.bad("%s: '%s' is no time of ours".formatted(name, text));
      }
      return time;
    } catch (DateTimeException wrong) {
      throw Problem.bad(
          "%s: '%s' is no time: expected one as 2026-07-01T08:00:00+08:00".formatted(name, text));
    }
  }

  private static long count(@Nullable String text) throws Problem {
    if (text == null) {
      return MOST;
    }
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
      throw Problem.bad("n: '%s' is no number from 1 to %d".formatted(text, MOST));
    }
    return Integer.parseInt(text);
  }

  private static Duration step(long least) {
    for (int minutes : STEPS) {
      if (minutes >= least) {
        return Duration.ofMinutes(minutes);
      }
    }
    // Few buckets for many days.
    return Duration.ofMinutes((least + 1439) / 1440 * 1440);
  }
}
