package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.COUNTER;
import static org.kerbside.gateway.model.Metric.Type.GAUGE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.kerbside.gateway.app.Batch;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.app.flow.Integrations.Standing;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Wear;
import org.kerbside.gateway.journal.Written;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.Metric.Figure;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.uplink.Uplink;

/**
 * The gateway's own numbers, every name and help text in this one place. Gathered when they are
 * asked for: between scrapes they cost a few additions a commit. Thread-safe.
 */
final class Metrics implements Supplier<List<Metric>> {

  static final String PREFIX = "kerbside_";

  private final Journal journal;
  private final Pipeline pipeline;
  private final Uplink uplink;
  private final Wear wear;
  private final SiteClock clock;
  private final Kept kept;
  private final LongAdder withheld;
  private final Supplier<List<Standing>> integrations;

  /** What came of committed batches; the writer counts, anybody reads. */
  static final class Kept {

    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder good = new LongAdder();
    private final LongAdder uncertain = new LongAdder();
    private final LongAdder bad = new LongAdder();

    /** On the writer's thread, for each. */
    void count(Batch batch) {
      acknowledged.add(batch.receipts().size());
      for (var reading : batch.readings()) {
        switch (reading.quality()) {
          case Quality.Good() -> good.increment();
          case Quality.Uncertain(var _) -> uncertain.increment();
          case Quality.Bad(var _) -> bad.increment();
        }
      }
    }
  }

  Metrics(
      Journal journal,
      Pipeline pipeline,
      Uplink uplink,
      Wear wear,
      SiteClock clock,
      Kept kept,
      LongAdder withheld,
      Supplier<List<Standing>> integrations) {
    this.journal = journal;
    this.pipeline = pipeline;
    this.uplink = uplink;
    this.wear = wear;
    this.clock = clock;
    this.kept = kept;
    this.withheld = withheld;
    this.integrations = integrations;
  }

  @Override
  public List<Metric> get() {
    var all = new ArrayList<Metric>();
    process(all);
    site(all);
    readings(all);
    journal(all);
    card(all);
    uplink(all);
    integrations(all);
    return all;
  }

  private void process(List<Metric> all) {
    var process = Footprint.now();
    all.add(
        new Metric(
            PREFIX + "build_info",
            GAUGE,
            "Always 1; what runs stands in the labels.",
            List.of(
                new Figure(
                    Map.of("version", House.VERSION, "java", Runtime.version().toString()), 1))));
    gauge(
        all,
        "aot_cache_mapped",
        "Whether the AOT cache is in use.",
        Footprint.isCacheMapped() ? 1 : 0);
    gauge(all, "process_resident_bytes", "Memory that is in RAM.", process.resident());
    gauge(all, "process_threads", "Threads of the process.", process.threads());
    gauge(all, "heap_used_bytes", "Java heap in use, garbage included.", process.heap());
    counter(
        all,
        "watchdog_withheld_total",
        "Beats that were due and not given, because a part did not get on.",
        withheld);
  }

  private void site(List<Metric> all) {
    var overview = pipeline.view().overview();
    var clocks = new LinkedHashMap<String, Double>();
    for (var quality : ClockQuality.values()) {
      clocks.put(quality.word(), overview.now().clock() == quality ? 1.0 : 0.0);
    }
    by(all, "clock_quality", GAUGE, "1 for how far the wall clock is trusted.", "quality", clocks);
    var within = clock.within();
    if (within != null) {
      gauge(all, "clock_within_seconds", "How far off it may be.", within.toMillis() / 1e3);
    }
    var alarms = new LinkedHashMap<String, Double>();
    for (var severity : Severity.values()) {
      alarms.put(
          severity.word(),
          (double)
              overview.alarms().stream()
                  .filter(alarm -> alarm.isActive() && alarm.severity() == severity)
                  .count());
    }
    by(all, "alarms_active", GAUGE, "Alarms that stand.", "severity", alarms);
  }

  private void readings(List<Metric> all) {
    var qualities = new LinkedHashMap<String, Double>();
    qualities.put("good", kept.good.doubleValue());
    qualities.put("uncertain", kept.uncertain.doubleValue());
    qualities.put("bad", kept.bad.doubleValue());
    by(all, "readings_total", COUNTER, "Readings committed.", "quality", qualities);
    var flow = pipeline.flow();
    counter(
        all,
        "deliveries_acknowledged_total",
        "Messages whose senders were acknowledged, after the commit.",
        kept.acknowledged.doubleValue());
    gauge(all, "intake_arrivals", "What waits for control.", flow.waiting());
    counter(
        all,
        "intake_refused_total",
        "Messages not taken or not kept because there was no room; their senders repeat them.",
        flow.refused());
    dropped(all);
  }

  /** The quota's is meant; what is lost otherwise is not. */
  private void dropped(List<Metric> all) {
    var figures = new ArrayList<Figure>();
    journal
        .lost()
        .forEach(
            (reason, readings) ->
                figures.add(
                    new Figure(
                        Map.of(
                            "reason",
                            reason,
                            "intentional",
                            Boolean.toString(reason.equals("quota"))),
                        readings.doubleValue())));
    all.add(
        new Metric(
            PREFIX + "readings_dropped_total",
            COUNTER,
            "Readings that will never come, or come thinned, as gaps tell of them.",
            figures));
  }

  private void journal(List<Metric> all) {
    var written = journal.written();
    counter(all, "journal_commits_total", "Commits, each synced.", written.commits());
    counter(all, "journal_frames_total", "Frames committed.", written.frames());
    counter(all, "journal_payload_bytes_total", "Bytes of their payloads.", written.bytes());
    gauge(all, "journal_size_bytes", "The journal's file and its log.", size(written));
    var pending = new LinkedHashMap<String, Double>();
    var oldest = new LinkedHashMap<String, Double>();
    for (var stream : Stream.values()) {
      pending.put(stream.word(), (double) journal.waiting(stream));
      oldest.put(stream.word(), journal.oldestWaiting(stream).toMillis() / 1e3);
    }
    by(all, "journal_pending_frames", GAUGE, "Frames the city has not.", "stream", pending);
    by(
        all,
        "journal_oldest_pending_seconds",
        GAUGE,
        "The age of the oldest of them.",
        "stream",
        oldest);
  }

  private static double size(Written written) {
    return (double) written.file() + written.log();
  }

  private void card(List<Metric> all) {
    var figures = wear.figures(clock.now());
    counter(
        all,
        "journal_written_bytes_total",
        "Bytes this process sent to the card since its start, as the kernel counts them.",
        journal.written().card());
    gauge(all, "card_written_today_bytes", "Likewise since the site's midnight.", figures.today());
    counter(all, "card_written_bytes_total", "Likewise over all starts.", figures.total());
    if (figures.years() != null) {
      gauge(all, "card_life_years", "How long a new card lasts at that pace.", figures.years());
    }
  }

  private void uplink(List<Metric> all) {
    var view = uplink.view();
    gauge(
        all,
        "uplink_connected",
        "Whether the city's broker is connected.",
        view.state() == UplinkView.State.CONNECTED ? 1 : 0);
    counter(all, "uplink_connects_total", "Connections that stood.", uplink.connects());
    counter(all, "uplink_frames_total", "Frames that the city has acknowledged.", view.sent());
  }

  /** What a sink beside the city did not take, the city has. */
  private void integrations(List<Metric> all) {
    var sent = new LinkedHashMap<String, Double>();
    var lost = new LinkedHashMap<String, Double>();
    for (var each : integrations.get()) {
      sent.put(each.name(), (double) each.sent());
      lost.put(each.name(), (double) each.lost());
    }
    if (!sent.isEmpty()) {
      by(all, "integration_sent_total", COUNTER, "Events a sink took.", "integration", sent);
      by(all, "integration_lost_total", COUNTER, "Copies it lost.", "integration", lost);
    }
  }

  private static void gauge(List<Metric> all, String name, String help, Number number) {
    all.add(
        new Metric(
            PREFIX + name, GAUGE, help, List.of(new Figure(Map.of(), number.doubleValue()))));
  }

  private static void counter(List<Metric> all, String name, String help, Number number) {
    all.add(
        new Metric(
            PREFIX + name, COUNTER, help, List.of(new Figure(Map.of(), number.doubleValue()))));
  }

  private static void by(
      List<Metric> all,
      String name,
      Metric.Type type,
      String help,
      String label,
      Map<String, Double> numbers) {
    var figures = new ArrayList<Figure>();
    numbers.forEach((value, number) -> figures.add(new Figure(Map.of(label, value), number)));
    all.add(new Metric(PREFIX + name, type, help, figures));
  }
}
