package org.kerbside.gateway.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.History.Bucket;
import org.kerbside.gateway.model.History.Numbers;
import org.kerbside.gateway.model.History.Series;

/**
 * A point's history as JSON: arrays of equal length, one place a step. {@code t} is in seconds
 * since 1970, {@code known} and {@code held} are in seconds; what is not known is null.
 */
final class HistoryAnswer {

  private final HistoryQuery query;
  private final long step; // s
  private final long first; // s, as the next
  private final long end;
  private final Map<Long, Bucket> buckets = new HashMap<>();

  private HistoryAnswer(HistoryQuery query, Series series) {
    this.query = query;
    step = series.step().toSeconds();
    first = Math.floorDiv(query.from().getEpochSecond(), step) * step;
    end = query.to().minusNanos(1).getEpochSecond() + 1;
    series.buckets().forEach(bucket -> buckets.put(bucket.from().getEpochSecond(), bucket));
  }

  static String of(HistoryQuery query, Series series) {
    return new HistoryAnswer(query, series).json();
  }

  private String json() {
    var point = query.point();
    return """
        {"point":%s,"unit":%s,"step":%d,"from":%s,"to":%s,"t":[%s]%s,"quality":[%s],"known":[%s]}
        """
        .formatted(
            Json.quoted(point.toString()),
            Json.quoted(point.unit().symbol()),
            step,
            quoted(query.from()),
            quoted(query.to()),
            times(),
            hasWords() ? words() : numbers(),
            each(HistoryAnswer::quality),
            each(bucket -> Json.number(bucket.known().toMillis() / 1e3)));
  }

  private boolean hasWords() {
    return switch (query.point().spec().type()) {
      case FLAG, STATE -> true;
      case NUM, COUNTER -> false;
    };
  }

  private String numbers() {
    return ",\"min\":[%s],\"max\":[%s],\"mean\":[%s],\"last\":[%s]"
        .formatted(
            each(number(numbers -> Json.number(numbers.min()))),
            each(number(numbers -> Json.number(numbers.max()))),
            each(number(numbers -> Json.rounded(numbers.mean()))),
            each(number(numbers -> Json.number(numbers.last()))));
  }

  private String words() {
    var words = new TreeSet<String>();
    buckets.values().forEach(bucket -> words.addAll(bucket.held().keySet()));
    return words.stream()
        .map(word -> Json.quoted(word) + ":[" + each(bucket -> held(bucket, word)) + "]")
        .collect(Collectors.joining(",", ",\"held\":{", "}"));
  }

  private static @Nullable String held(Bucket bucket, String word) {
    var time = bucket.held().get(word);
    return bucket.known().isZero() ? null : time == null ? "0" : seconds(time.toMillis());
  }

  private static String seconds(long millis) {
    return Json.number(millis / 1e3);
  }

  private static Function<Bucket, @Nullable String> number(Function<Numbers, String> one) {
    return bucket -> {
      var numbers = bucket.numbers();
      return numbers == null ? null : one.apply(numbers);
    };
  }

  private static String quality(Bucket bucket) {
    return bucket.doubted().isZero() ? "\"good\"" : "\"uncertain\"";
  }

  private String times() {
    var times = new StringBuilder();
    for (long at = first; at < end; at += step) {
      times.append(times.isEmpty() ? "" : ",").append(at);
    }
    return times.toString();
  }

  private String each(Function<Bucket, @Nullable String> told) {
    var all = new ArrayList<String>();
    for (long at = first; at < end; at += step) {
      var bucket = buckets.get(at);
      var one = bucket == null ? null : told.apply(bucket);
      all.add(one == null ? "null" : one);
    }
    return String.join(",", all);
  }

  private static String quoted(Instant time) {
    return Json.quoted(time.toString());
  }
}
