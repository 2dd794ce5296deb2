package org.kerbside.gateway.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What points were like in the last 30 days: minutes of the last week, hours before. What is not
 * known is left out, and stands for neither good nor bad. Thread-safe; asks the disk, so never for
 * control.
 */
public interface History {

  /** A room without one: knows of nothing. */
  History NONE = (point, from, to, step) -> new Series(step, List.of());

  /**
   * One point's buckets from the one that {@code from} lies in to before {@code to}, oldest first;
   * those in which nothing was heard or held are left out.
   *
   * @param step of the buckets, whole minutes; longer where only hours are left
   */
  Series of(PointId point, Instant from, Instant to, Duration step);

  /**
   * An answer.
   *
   * @param step of its buckets, not less than what was asked for
   */
  record Series(Duration step, List<Bucket> buckets) {
    public Series {
      buckets = List.copyOf(buckets);
    }
  }

  /**
   * A stretch of one point's time.
   *
   * @param readings how many with a value came: those that left their dead band
   * @param known for how long it had a value that was not stale; at most the step
   * @param doubted for how much of that the value was uncertain
   * @param numbers of a number or counter; absent where nothing is known, or the point holds words
   * @param held for how long each word was held: {@code true} and {@code false}, or a state's
   */
  record Bucket(
      Instant from,
      long readings,
      Duration known,
      Duration doubted,
      @Nullable Numbers numbers,
      Map<String, Duration> held) {
    public Bucket {
      held = Map.copyOf(held);
    }
  }

  /**
   * In the point's unit.
   *
   * @param mean weighted by time
   * @param last at the end of what is known
   */
  record Numbers(double min, double max, double mean, double last) {}
}
