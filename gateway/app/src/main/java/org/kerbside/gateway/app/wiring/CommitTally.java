package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.kerbside.gateway.app.Batch;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Metric.Figure;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;

/** What came of committed batches. The writer counts, anybody reads. */
final class CommitTally {

  /** Who speaks for a point that no device does: it is derived, or of the cabinet. */
  static final String OURSELVES = "gateway";

  private static final List<String> QUALITIES = List.of("good", "uncertain", "bad");

  private final String[] drivers;
  private final LongAdder acknowledged = new LongAdder();
  private final Map<String, LongAdder[]> readings = new TreeMap<>(); // by driver; never changed
  private final Map<String, LongAdder> ruleErrors = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> alarmChanges = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

  /**
   * @param drivers who tells each point, by the point's index
   * @param rules the names of all that may fail
   */
  CommitTally(List<String> drivers, Collection<String> rules) {
    this.drivers = drivers.toArray(String[]::new);
    for (var driver : new TreeSet<>(drivers)) {
      readings.put(driver, new LongAdder[] {new LongAdder(), new LongAdder(), new LongAdder()});
    }
    rules.forEach(rule -> ruleErrors.put(rule, new LongAdder()));
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
    batch.readings().forEach(this::count);
    batch.events().forEach(this::count);
  }

  private void count(Reading reading) {
    var counts = readings.get(drivers[reading.point().index()]);
    if (counts != null) {
      counts[rank(reading.quality())].increment();
    }
  }

  private void count(Event event) {
    switch (event) {
      case Event.AlarmChanged changed -> one(alarmChanges, changed.change().word());
      case Event.Result result -> one(outcomes, result.outcome().word());
      case Event.Gap gap -> {} // The journal counts them, its own as well.
      case Event.Audit audit -> {}
      case Event.Commission commission -> {}
      case Event.Kpi kpi -> {}
      case Event.Health health -> {
        if (health.what().equals("rule-off")) {
          one(ruleErrors, health.subject().substring(health.subject().indexOf('/') + 1));
        }
      }
      case Event.Clock clock -> {}
    }
  }

  /** Messages whose senders were acknowledged. */
  long acknowledged() {
    return acknowledged.sum();
  }

  /** By driver and quality. */
  List<Figure> readings() {
    var figures = new ArrayList<Figure>();
    readings.forEach(
        (driver, counts) -> {
          for (int rank = 0; rank < counts.length; rank++) {
            var labels = Map.of("driver", driver, "quality", QUALITIES.get(rank));
            figures.add(new Figure(labels, counts[rank].doubleValue()));
          }
        });
    return figures;
  }

  /** By rule: how often one was switched off at an asset because it failed. */
  SortedMap<String, Double> ruleErrors() {
    return sums(ruleErrors);
  }

  SortedMap<String, Double> alarmChanges() {
    return sums(alarmChanges);
  }

  /** Of commands. */
  SortedMap<String, Double> outcomes() {
    return sums(outcomes);
  }

  private static void one(Map<String, LongAdder> counts, String word) {
    counts.computeIfAbsent(word, _ -> new LongAdder()).increment();
  }

  private static SortedMap<String, Double> sums(Map<String, LongAdder> counts) {
    var sums = new TreeMap<String, Double>();
    counts.forEach((word, count) -> sums.put(word, count.doubleValue()));
    return sums;
  }

  /** Its place in {@link #QUALITIES}. */
  private static int rank(Quality quality) {
    return switch (quality) {
      case Quality.Good() -> 0;
      case Quality.Uncertain(var _) -> 1;
      case Quality.Bad(var _) -> 2;
    };
  }
}
