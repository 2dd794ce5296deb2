package org.kerbside.gateway.app.wiring;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.kerbside.gateway.app.Batch;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Quality;

/** What came of committed batches. The writer counts, anybody reads. */
final class CommitTally {

  private final LongAdder acknowledged = new LongAdder();
  private final Map<String, LongAdder> readings = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> alarmChanges = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> gaps = new ConcurrentHashMap<>();

  CommitTally() {
    for (var quality : new String[] {"good", "uncertain", "bad"}) {
      readings.put(quality, new LongAdder());
    }
    for (var change : Event.AlarmChanged.Change.values()) {
      alarmChanges.put(change.word(), new LongAdder());
    }
    for (var outcome : Outcome.WORDS) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  /** On the writer's thread, for each. */
  void count(Batch batch) {
    acknowledged.add(batch.receipts().size());
    batch.readings().forEach(reading -> one(readings, word(reading.quality())));
    batch.events().forEach(this::count);
  }

  private void count(Event event) {
    switch (event) {
      case Event.AlarmChanged changed -> one(alarmChanges, changed.change().word());
      case Event.Result result -> one(outcomes, result.outcome().word());
      case Event.Gap gap -> one(gaps, gap.reason());
      case Event.Audit audit -> {}
      case Event.Commission commission -> {}
      case Event.Kpi kpi -> {}
      case Event.Health health -> {}
      case Event.Clock clock -> {}
    }
  }

  /** Messages whose senders were acknowledged. */
  long acknowledged() {
    return acknowledged.sum();
  }

  SortedMap<String, Double> readings() {
    return sums(readings);
  }

  SortedMap<String, Double> alarmChanges() {
    return sums(alarmChanges);
  }

  /** Of commands. */
  SortedMap<String, Double> outcomes() {
    return sums(outcomes);
  }

  /** By reason. */
  SortedMap<String, Double> gaps() {
    return sums(gaps);
  }

  private static void one(Map<String, LongAdder> counts, String word) {
    counts.computeIfAbsent(word, _ -> new LongAdder()).increment();
  }

  private static SortedMap<String, Double> sums(Map<String, LongAdder> counts) {
    var sums = new TreeMap<String, Double>();
    counts.forEach((word, count) -> sums.put(word, count.doubleValue()));
    return sums;
  }

  private static String word(Quality quality) {
    return switch (quality) {
      case Quality.Good() -> "good";
      case Quality.Uncertain(var _) -> "uncertain";
      case Quality.Bad(var _) -> "bad";
    };
  }
}
