package org.kerbside.gateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteReader;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;
import org.kerbside.rules.Decided;
import org.kerbside.rules.Engine;
import org.kerbside.rules.Memory;
import org.kerbside.rules.RuleBook;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a rule costs by what it asks, each reading turned by exactly one rule, and whether a large
 * site pays more for it than a small one. {@code none} is the engine alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Judging {

  static final int BATCH = 100;
  private static final int POINTS_OF_ONE = 10;
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private static final Map<String, String> ASKED =
      Map.of(
          "plain", "p0 > 80.0",
          "cel", "p0 > 80.0 && p1 < 5.0",
          "mean", "mean(p0, '10min') > 80.0",
          "max", "max(p0, '10min') > 80.0",
          "change", "change(p0, '10min') > 80.0 && p1 < 5.0",
          "night", "night && p0 > 80.0");

  @Param({"none", "plain", "cel", "mean", "max", "change", "night"})
  public String rule = "none";

  @Param({"10", "10000"})
  public int points = 10;

  private Engine engine = RuleBook.read(site(2, ""), new Mistakes()).engine();
  private Memory memory = engine.start();
  private List<List<Reading>> batches = List.of();
  private Moment now =
      new Moment(Instant.parse("2026-07-01T04:00:00Z"), ClockQuality.SYNC, Duration.ofMinutes(1));
  private int next;

  /** Makes the site and its readings; JMH calls it. */
  @Setup
  public void begin() {
    var site = site(points / POINTS_OF_ONE, ASKED.getOrDefault(rule, ""));
    var mistakes = new Mistakes();
    engine = RuleBook.read(site, mistakes).engine();
    if (mistakes.hasErrors()) {
      throw new IllegalStateException(mistakes.all().toString());
    }
    memory = engine.start();
    batches = batches(site);
  }

  /** Protects control's turn: one reading, one rule. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Decided judge() {
    now = now.plus(BETWEEN);
    next = (next + 1) % batches.size();
    return engine.apply(memory, batches.get(next), List.of(), now);
  }

  /** Every asset's first point in turn, twice over: a value and another. */
  private List<List<Reading>> batches(SiteConfig site) {
    var firsts = site.assets().stream().map(asset -> asset.point("p0")).filter(Objects::nonNull);
    var named = firsts.toList();
    var all = new ArrayList<Reading>();
    for (int i = 0; i < Math.max(2 * named.size(), 2 * BATCH); i++) {
      Point point = named.get(i % named.size());
      double value = i / named.size() % 2 == 0 ? 42.5 : 40;
      all.add(Reading.good(point, new Value.Num(value), now, Reading.Timing.SOURCE));
    }
    var cut = new ArrayList<List<Reading>>();
    for (int i = 0; i + BATCH <= all.size(); i += BATCH) {
      cut.add(List.copyOf(all.subList(i, i + BATCH)));
    }
    return cut;
  }

  private static SiteConfig site(int assets, String when) {
    var rules =
        when.isEmpty()
            ? ""
            : "rules:\n  - { rule: r, for: generic, when: \"%s\", severity: warning }\n"
                .formatted(when);
    var last = assets - 1;
    var text =
        """
        schema: 1
        site: { id: BENCH-1, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
        uplink: { url: mqtt://127.0.0.1:1884, tenant: bench, accept: [plaintext, anonymous] }
        buses:
          field: { driver: mqtt, url: mqtt://127.0.0.1:1883, accept: [plaintext, anonymous] }
        assets:
          a0..%d: { kind: generic, points: { p0..9: { unit: "/" } }, profile: json-vt, at: field/a0..%d }
        """
            .formatted(last, last);
    try {
      var target = Gateway.home().resolve("gateway/bench/target/data");
      Path file = Files.createTempFile(Files.createDirectories(target), "judging", ".yaml");
      Files.writeString(file, text + rules);
      var mistakes = new Mistakes();
      var reader = new SiteReader(Kinds.TABLE, Profiles.shipped(), Set.of("mqtt"));
      var site = reader.read(file, List.of(), mistakes);
      Files.delete(file);
      return Objects.requireNonNull(site, mistakes::toString);
    } catch (IOException unfit) {
      throw new IllegalStateException("no site on this machine", unfit);
    }
  }
}
