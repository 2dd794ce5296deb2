package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.COUNTER;
import static org.kerbside.gateway.model.Metric.Type.GAUGE;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.app.flow.Integrations.Standing;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Wear;
import org.kerbside.gateway.journal.Written;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.Metric.Figure;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.uplink.Uplink;

/**
 * The gateway's own numbers, every name and help text in this one place. Gathered when they are
 * asked for: between scrapes they cost a few additions a commit. Thread-safe.
 */
final class Metrics implements Supplier<List<Metric>> {

  private final Journal journal;
  private final Pipeline pipeline;
  private final Uplink uplink;
  private final Wear wear;
  private final SiteClock clock;
  private final CommitTally tally;
  private final BusMetrics buses;
  private final Around around;

  /**
   * What is none of the flow's.
   *
   * @param data the data folder
   * @param withheld beats
   * @param integrations how each sink stands
   * @param certificate until when the uplink's is good; null where there is none
   */
  record Around(
      Path data,
      Configuration configuration,
      LongAdder withheld,
      Supplier<List<Standing>> integrations,
      Supplier<? extends @Nullable Instant> certificate) {}

  /**
   * Of the configuration that runs.
   *
   * @param source {@code files} that people keep, or {@code city}, which pushed it
   */
  record Configuration(long revision, String source) {

    static Configuration of(Plan plan) {
      var revision = plan.source().revision();
      boolean isPushed = revision != null && revision.isPushed();
      return new Configuration(plan.revision(), isPushed ? "city" : "files");
    }
  }

  Metrics(
      Journal journal,
      Pipeline pipeline,
      Uplink uplink,
      Wear wear,
      SiteClock clock,
      CommitTally tally,
      BusMetrics buses,
      Around around) {
    this.journal = journal;
    this.pipeline = pipeline;
    this.uplink = uplink;
    this.wear = wear;
    this.clock = clock;
    this.tally = tally;
    this.buses = buses;
    this.around = around;
  }

  @Override
  public List<Metric> get() {
    var all = new MetricList();
    process(all);
    site(all);
    readings(all);
    buses.addTo(all, pipeline.view().overview());
    board(all);
    journal(all);
    card(all);
    uplink(all);
    integrations(all);
    return all.all();
  }

  private void process(MetricList all) {
    var process = Footprint.now();
    all.fact(
        "build_info",
        "Always 1; what runs stands in the labels.",
        Map.of("version", House.VERSION, "java", Runtime.version().toString()));
    all.fact(
        "configuration_info",
        "Always 1; which revision runs, and whose, stands in the labels.",
        Map.of(
            "revision",
            String.valueOf(around.configuration().revision()),
            "source",
            around.configuration().source()));
    all.gauge(
        "aot_cache_mapped", "Whether the AOT cache is in use.", Footprint.isCacheMapped() ? 1 : 0);
    all.gauge("process_resident_bytes", "Memory that is in RAM.", process.resident());
    all.gauge("process_threads", "Threads of the process.", process.threads());
    all.gauge("heap_used_bytes", "Java heap in use, garbage included.", process.heap());
    all.counter(
        "watchdog_withheld_total",
        "Beats that were due and not given, because a part did not get on.",
        around.withheld());
  }

  private void site(MetricList all) {
    var overview = pipeline.view().overview();
    var clocks = new LinkedHashMap<String, Double>();
    for (var quality : ClockQuality.values()) {
      clocks.put(quality.word(), overview.now().clock() == quality ? 1.0 : 0.0);
    }
    all.by("clock_quality", GAUGE, "1 for how far the wall clock is trusted.", "quality", clocks);
    var within = clock.within();
    if (within != null) {
      all.gauge("clock_within_seconds", "How far off it may be.", within.toMillis() / 1e3);
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
    lastReadings(all, overview);
    all.by("alarms_active", GAUGE, "Alarms that stand.", "severity", alarms);
    all.by(
        "alarm_changes_total", COUNTER, "What happened to alarms.", "change", tally.alarmChanges());
    all.by("commands_total", COUNTER, "Commands that ended.", "outcome", tally.outcomes());
    all.counter(
        "rule_evaluations_total",
        "How often a rule was asked of an asset.",
        pipeline.flow().evaluations());
    all.by(
        "rule_errors_total",
        COUNTER,
        "How often a rule failed at an asset, which it is off for until the next start.",
        "rule",
        tally.ruleErrors());
  }

  /** Of what tells of people nothing: it would say when somebody was in a stall. */
  private static void lastReadings(MetricList all, Overview overview) {
    var now = overview.now();
    var last = new LinkedHashMap<String, Double>();
    for (var asset : overview.assets()) {
      if (now.clock() != ClockQuality.NONE && !asset.kind().tellsOfPeople()) {
        asset.points().stream()
            .map(point -> overview.of(point).heard())
            .filter(Objects::nonNull)
            .max(Comparator.comparing(Moment::sinceBoot))
            .ifPresent(
                heard ->
                    last.put(asset.id(), now.wall().minus(now.since(heard)).toEpochMilli() / 1e3));
      }
    }
    all.by(
        "asset_last_reading_timestamp_seconds",
        GAUGE,
        "When an asset was last heard; none of those that tell of people.",
        "asset",
        last);
  }

  private void readings(MetricList all) {
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

  /** The quota's is meant; what is lost otherwise is not. */
  private void dropped(MetricList all) {
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
        "readings_dropped_total",
        COUNTER,
        "Readings that will never come, or come thinned, as gaps tell of them.",
        figures);
  }

  private void board(MetricList all) {
    var ends = new LinkedHashMap<String, Long>();
    var end = around.certificate().get();
    if (end != null) {
      ends.put("uplink", end.getEpochSecond());
    }
    all.by(
        "certificate_expiry_timestamp_seconds",
        GAUGE,
        "Until when our certificate is good.",
        "use",
        ends);
    all.gauge(
        "disk_free_bytes", "Room where the journal is.", around.data().toFile().getUsableSpace());
    var temperature = Footprint.temperature();
    if (temperature != null) {
      all.gauge("board_temperature_celsius", "Of the board's processor.", temperature);
    }
    var undervoltage = Footprint.undervoltage();
    if (undervoltage != null) {
      all.gauge(
          "board_undervoltage",
          "Whether the board's supply was too low when the kernel last looked.",
          undervoltage ? 1 : 0);
    }
  }

  private void journal(MetricList all) {
    var written = journal.written();
    all.counter("journal_commits_total", "Commits, each synced.", written.commits());
    var flow = pipeline.flow();
    all.counter(
        "journal_commit_seconds_total",
        "How long they took, those that were refused as well.",
        flow.committing().toNanos() / 1e9);
    all.gauge(
        "journal_commit_longest_seconds",
        "How long the longest of them took.",
        flow.longest().toNanos() / 1e9);
    all.by("journal_gaps_total", COUNTER, "Gaps that were told.", "reason", tally.gaps());
    all.counter("journal_frames_total", "Frames committed.", written.frames());
    all.counter("journal_payload_bytes_total", "Bytes of their payloads.", written.bytes());
    all.gauge("journal_size_bytes", "The journal's file and its log.", size(written));
    var pending = new LinkedHashMap<String, Double>();
    var oldest = new LinkedHashMap<String, Double>();
    for (var stream : Stream.values()) {
      pending.put(stream.word(), (double) journal.waiting(stream));
      oldest.put(stream.word(), journal.oldestWaiting(stream).toMillis() / 1e3);
    }
    all.by("journal_pending_frames", GAUGE, "Frames the city has not.", "stream", pending);
    all.by(
        "journal_oldest_pending_seconds",
        GAUGE,
        "The age of the oldest of them.",
        "stream",
        oldest);
  }

  private static double size(Written written) {
    return (double) written.file() + written.log();
  }

  private void card(MetricList all) {
    var figures = wear.figures(clock.now());
    all.counter(
        "journal_written_bytes_total",
        "Bytes this process sent to the card since its start, as the kernel counts them.",
        journal.written().card());
    all.gauge("card_written_today_bytes", "Likewise since the site's midnight.", figures.today());
    all.counter("card_written_bytes_total", "Likewise over all starts.", figures.total());
    if (figures.years() != null) {
      all.gauge("card_life_years", "How long a new card lasts at that pace.", figures.years());
    }
  }

  private void uplink(MetricList all) {
    var view = uplink.view();
    all.gauge(
        "uplink_connected",
        "Whether the city's broker is connected.",
        view.state() == UplinkView.State.CONNECTED ? 1 : 0);
    all.by(
        "uplink_connects_total",
        COUNTER,
        "Attempts to connect to the city's broker: that stood, or failed.",
        "result",
        Map.of("stood", uplink.connects(), "failed", uplink.failures()));
    all.counter(
        "uplink_acknowledge_seconds_total",
        "How long frames were under way until the broker answered, all in all.",
        uplink.answering().toNanos() / 1e9);
    var frames = new ArrayList<Figure>();
    for (var topic : uplink.frames()) {
      frames.add(frame(topic.topic(), "taken", topic.taken()));
      frames.add(frame(topic.topic(), "refused", topic.refused()));
    }
    all.add("uplink_frames_total", COUNTER, "Frames that the city's broker has answered.", frames);
  }

  private static Figure frame(String topic, String result, long number) {
    return new Figure(Map.of("topic", topic, "result", result), number);
  }

  /** What a sink beside the city did not take, the city has. */
  private void integrations(MetricList all) {
    var sent = new LinkedHashMap<String, Double>();
    var lost = new LinkedHashMap<String, Double>();
    for (var each : around.integrations().get()) {
      sent.put(each.name(), (double) each.sent());
      lost.put(each.name(), (double) each.lost());
    }
    if (!sent.isEmpty()) {
      all.by("integration_sent_total", COUNTER, "Events a sink took.", "integration", sent);
      all.by("integration_lost_total", COUNTER, "Copies it lost.", "integration", lost);
    }
  }
}
