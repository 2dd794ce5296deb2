package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.History.Bucket;
import org.kerbside.gateway.model.History.Numbers;
import org.kerbside.gateway.model.History.Series;

/**
 * A point's history as programs are told it: arrays of equal length, one place a step. {@code t} is
 * in seconds since 1970, {@code known} and {@code held} are in seconds; what is not known is null.
 */
final class HistoryAnswer {

  private static final Shape<List<@Nullable Double>> NUMBERS =
      Shape.list(Shape.orNull(Shape.NUMBER));

  static final Members<HistoryAnswer> SHAPE =
      Members.<HistoryAnswer>named("History")
          .has("point", Shape.TEXT, answer -> answer.query.point().toString())
          .has("unit", Shape.TEXT, answer -> answer.query.point().unit().symbol())
          .has("step", Shape.INTEGER, answer -> answer.step)
          .has("from", Shape.TIME, answer -> answer.query.from().toString())
          .has("to", Shape.TIME, answer -> answer.query.to().toString())
          .has("t", Shape.list(Shape.INTEGER), HistoryAnswer::times)
          .may("min", NUMBERS, answer -> answer.numbers(Numbers::min))
          .may("max", NUMBERS, answer -> answer.numbers(Numbers::max))
          .may("mean", NUMBERS, answer -> answer.numbers(all -> Json.rounded(all.mean())))
          .may("last", NUMBERS, answer -> answer.numbers(Numbers::last))
          .may("held", Shape.map(NUMBERS), HistoryAnswer::held)
          .has(
              "quality",
              Shape.list(Shape.orNull(Shape.words(List.of("good", "uncertain")))),
              HistoryAnswer::qualities)
          .has("known", NUMBERS, HistoryAnswer::known);

  private final HistoryQuery query;
  private final long step; // s
  private final long first; // s, as the next
  private final long end;
  private final Map<Long, Bucket> buckets = new HashMap<>();

  HistoryAnswer(HistoryQuery query, Series series) {
    this.query = query;
    step = series.step().toSeconds();
    first = Math.floorDiv(query.from().getEpochSecond(), step) * step;
    end = query.to().minusNanos(1).getEpochSecond() + 1;
    series.buckets().forEach(bucket -> buckets.put(bucket.from().getEpochSecond(), bucket));
  }

  private boolean hasWords() {
    return switch (query.point().spec().type()) {
      case FLAG, STATE -> true;
      case NUM, COUNTER -> false;
    };
  }

  private List<Long> times() {
    return LongStream.iterate(first, at -> at < end, at -> at + step).boxed().toList();
  }

  private @Nullable List<@Nullable Double> numbers(Function<Numbers, Double> one) {
    return hasWords()
        ? null
        : each(
            bucket -> {
              var numbers = bucket.numbers();
              return numbers == null ? null : one.apply(numbers);
            });
  }

  /** How long each word held, by word. */
  private @Nullable Map<String, List<@Nullable Double>> held() {
    if (!hasWords()) {
      return null;
    }
    var held = new TreeMap<String, List<@Nullable Double>>();
    for (var bucket : buckets.values()) {
      for (var word : bucket.held().keySet()) {
        held.computeIfAbsent(word, _ -> each(one -> held(one, word)));
      }
    }
    return held;
  }

  private static @Nullable Double held(Bucket bucket, String word) {
    return bucket.known().isZero()
        ? null
        : seconds(bucket.held().getOrDefault(word, Duration.ZERO));
  }

  private static Double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  private List<@Nullable Double> known() {
    return each(bucket -> seconds(bucket.known()));
  }

  private List<@Nullable String> qualities() {
    return each(HistoryAnswer::quality);
  }

  private static @Nullable String quality(Bucket bucket) {
    return bucket.doubted().isZero() ? "good" : "uncertain";
  }

  private <V> List<@Nullable V> each(Function<Bucket, @Nullable V> told) {
    var all = new ArrayList<@Nullable V>();
    for (long at = first; at < end; at += step) {
      var bucket = buckets.get(at);
      all.add(bucket == null ? null : told.apply(bucket));
    }
    return all;
  }
}
