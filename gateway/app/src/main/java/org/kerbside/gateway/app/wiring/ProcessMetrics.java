package org.kerbside.gateway.app.wiring;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What runs, and what it takes of the machine.
 *
 * @param revision of the configuration that runs
 * @param source {@code files} that people keep, or {@code city}, which pushed it
 * @param withheld beats
 */
record ProcessMetrics(long revision, String source, LongAdder withheld) implements Metrics.Part {

  static ProcessMetrics of(Plan plan, LongAdder withheld) {
    var revision = plan.source().revision();
    boolean isPushed = revision != null && revision.isPushed();
    return new ProcessMetrics(plan.revision(), isPushed ? "city" : "files", withheld);
  }

  @Override
  public void addTo(MetricList all) {
    var process = Footprint.now();
    all.fact(
        "build_info",
        "Always 1; what runs stands in the labels.",
        Map.of("version", House.VERSION, "java", Runtime.version().toString()));
    all.fact(
        "configuration_info",
        "Always 1; which revision runs, and whose, stands in the labels.",
        Map.of("revision", String.valueOf(revision), "source", source));
    all.gauge(
        "aot_cache_mapped", "Whether the AOT cache is in use.", Footprint.isCacheMapped() ? 1 : 0);
    all.gauge("process_resident_bytes", "Memory that is in RAM.", process.resident());
    all.gauge("process_threads", "Threads of the process.", process.threads());
    all.gauge("heap_used_bytes", "Java heap in use, garbage included.", process.heap());
    all.counter(
        "watchdog_withheld_total",
        "Beats that were due and not given, because a part did not get on.",
        withheld);
  }
}
