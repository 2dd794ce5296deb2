package org.kerbside.gateway.app.wiring;

import java.util.List;
import java.util.function.Supplier;
import org.kerbside.gateway.model.Metric;

/**
 * The gateway's own numbers, part after part, each with its names and help texts. Gathered when
 * they are asked for: between scrapes they cost a few additions a commit. Thread-safe.
 */
record Metrics(List<Part> parts) implements Supplier<List<Metric>> {

  /** Those of one thing. */
  interface Part {
    void addTo(MetricList all);
  }

  Metrics(Part... parts) {
    this(List.of(parts));
  }

  @Override
  public List<Metric> get() {
    var all = new MetricList();
    parts.forEach(part -> part.addTo(all));
    return all.all();
  }
}
