package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.COUNTER;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.model.Metric.Figure;

/** What came in from the street, and what became of it. */
record FlowMetrics(Pipeline pipeline, Journal journal, CommitTally tally) implements Metrics.Part {

  private static final Set<String> MEANT = Set.of("quota", "budget");

  @Override
  public void addTo(MetricList all) {
    all.add("readings_total", COUNTER, "Readings committed.", tally.readings());
    var flow = pipeline.flow();
    all.counter(
        "deliveries_acknowledged_total",
        "Messages whose senders were acknowledged, after the commit.",
        tally.acknowledged());
    all.gauge("intake_arrivals", "What waits for control.", flow.waiting());
    all.counter(
        "intake_refused_total",
        "Messages not taken or not kept because there was no room; their senders repeat them.",
        flow.refused());
    dropped(all);
  }

  /** What is lost otherwise is not meant. */
  private void dropped(MetricList all) {
    var figures = new ArrayList<Figure>();
    journal
        .lost()
        .forEach(
            (reason, lost) ->
                figures.add(
                    new Figure(
                        Map.of(
                            "reason",
                            reason,
                            "intentional",
                            Boolean.toString(MEANT.contains(reason))),
                        lost.readings())));
    all.add(
        "readings_dropped_total",
        COUNTER,
        "Readings that will never come, or come thinned, as gaps tell of them.",
        figures);
  }
}
