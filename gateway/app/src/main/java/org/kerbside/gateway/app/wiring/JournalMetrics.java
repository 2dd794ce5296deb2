package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.COUNTER;
import static org.kerbside.gateway.model.Metric.Type.GAUGE;

import java.util.LinkedHashMap;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Wear;
import org.kerbside.gateway.journal.Written;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Stream;

/** What the journal has, what waits in it for the city, and what it costs the card. */
record JournalMetrics(Journal journal, Pipeline pipeline, Wear wear, Clock clock, CommitTally tally)
    implements Metrics.Part {

  @Override
  public void addTo(MetricList all) {
    journal(all);
    card(all);
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
    var gaps = new LinkedHashMap<String, Double>();
    journal.lost().forEach((reason, lost) -> gaps.put(reason, (double) lost.gaps()));
    all.by("journal_gaps_total", COUNTER, "Gaps that were told.", "reason", gaps);
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
}
