package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.COUNTER;
import static org.kerbside.gateway.model.Metric.Type.GAUGE;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Severity;

/** How the site stands: its time, its assets, its alarms, and what its rules and commands did. */
record SiteMetrics(Pipeline pipeline, SiteClock clock, CommitTally tally) implements Metrics.Part {

  @Override
  public void addTo(MetricList all) {
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
}
