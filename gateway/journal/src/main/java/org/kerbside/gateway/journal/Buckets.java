package org.kerbside.gateway.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.kerbside.gateway.model.History.Bucket;
import org.kerbside.gateway.model.History.Numbers;
import org.kerbside.gateway.model.History.Series;

/** Stretches, in order, to buckets of equal length. Pure. */
final class Buckets {

  private Buckets() {}

  /**
   * @param step in milliseconds; longer in the answer where a stretch is
   */
  static Series of(List<HistoryFile.Stretch> stretches, long step) {
    long longest = step;
    for (var stretch : stretches) {
      longest = Math.max(longest, stretch.length());
    }
    var rolls = new TreeMap<Long, Roll>();
    for (var stretch : stretches) {
      long start = Math.floorDiv(stretch.start(), longest) * longest;
      rolls.computeIfAbsent(start, _ -> new Roll()).add(stretch.roll());
    }
    var buckets = new ArrayList<Bucket>(rolls.size());
    for (var roll : rolls.entrySet()) {
      roll.getValue().fit(longest);
      buckets.add(bucket(roll.getKey(), roll.getValue()));
    }
    return new Series(Duration.ofMillis(longest), buckets);
  }

  private static Bucket bucket(long start, Roll roll) {
    var held = new HashMap<String, Duration>();
    roll.held.forEach((word, time) -> held.put(word, Duration.ofMillis(time)));
    return new Bucket(
        Instant.ofEpochMilli(start),
        roll.readings,
        Duration.ofMillis(roll.known),
        Duration.ofMillis(roll.doubted),
        roll.hasNumbers() ? new Numbers(roll.min, roll.max, roll.mean, roll.last) : null,
        held);
  }
}
