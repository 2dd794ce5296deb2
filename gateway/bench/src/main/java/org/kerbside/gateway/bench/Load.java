package org.kerbside.gateway.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the gateway end to end: sensor → field broker → gateway, durable → city broker →
 * subscriber, all on this machine, which also runs the load. See README.md.
 */
@Command(
    name = "bench",
    description = "Measures the gateway end to end on this machine.",
    mixinStandardHelpOptions = true)
public final class Load {

  private static final double MEGA = 1e6;
  private static final int WARM_UP = 20_000;

  /** So many under way keep every station busy. */
  private static final int AHEAD = 20_000;

  /** Which points speak. */
  enum Points {
    /** {@code p1..p3}: no rule looks at them. */
    PLAIN,
    /** {@code p0..p3}: the rule is tried on every fourth reading, and stays quiet. */
    RULED
  }

  /** How the JVM is helped to start. */
  enum Cache {
    NONE,
    /** An ahead-of-time cache, made by one short run before the first. */
    AOT
  }

  @Option(names = "--jvm", description = "one more option of the gateway's JVM; may be repeated")
  private List<String> jvm = new ArrayList<>();

  @Option(names = "--cache", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private Cache cache = Cache.NONE;

  private Load() {}

  /** Runs what was asked for. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Load()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  /** Protects the main promise: durable, and still faster than brokers that keep nothing. */
  @Command(description = "As fast as it goes: readings/s, CPU, bytes written.")
  int saturation(
      @Option(names = "--n", defaultValue = "300000") int count,
      @Option(names = "--runs", defaultValue = "5") int runs,
      @Option(names = "--points", defaultValue = "PLAIN") Points points)
      throws Exception {
    var figures = new Figures();
    for (int run = 0; run < runs; run++) {
      try (var stand = new Stand(jvm(), "none", lowest(points), count);
          var gateway = stand.gateway(List.of())) {
        gateway.awaitReady();
        stand.carry(new Pace.Saturation(WARM_UP, AHEAD, stand.street()::arrived), WARM_UP);
        stand.latencies().clear();
        int arrived = stand.street().arrived();
        int frames = stand.frames();
        long bytes = stand.city().bytes();
        var before = gateway.usage();
        var pace = new Pace.Saturation(count, AHEAD, () -> stand.street().arrived() - arrived);
        double seconds = stand.carry(pace, count);
        var after = gateway.usage();
        stand.check();
        figures.add("readings/s", count / seconds);
        load(figures, before, after, count);
        figures.add("payload B/reading", (double) (stand.city().bytes() - bytes) / count);
        figures.add("readings/frame", (double) count / (stand.frames() - frames));
        print(run, figures);
      }
    }
    System.out.println(figures);
    return 0;
  }

  /** Protects the crew and the city from a gateway that is fast only because it waits. */
  @Command(description = "At a steady rate: p50 and p99 from publish to subscriber.")
  int latency(
      @Option(names = "--rate", defaultValue = "1000") int rate,
      @Option(names = "--seconds", defaultValue = "20") int seconds,
      @Option(names = "--runs", defaultValue = "5") int runs,
      @Option(names = "--points", defaultValue = "PLAIN") Points points)
      throws Exception {
    int count = rate * seconds;
    int warmUp = 5 * rate;
    var figures = new Figures();
    for (int run = 0; run < runs; run++) {
      try (var stand = new Stand(jvm(), "none", lowest(points), count);
          var gateway = stand.gateway(List.of())) {
        gateway.awaitReady();
        stand.carry(new Pace.Steady(warmUp, rate), warmUp);
        stand.latencies().clear();
        var before = gateway.usage();
        stand.carry(new Pace.Steady(count, rate), count);
        var after = gateway.usage();
        stand.check();
        figures.add("p50 ms", stand.latencies().percentile(50));
        figures.add("p99 ms", stand.latencies().percentile(99));
        figures.add("max ms", stand.latencies().percentile(100));
        load(figures, before, after, count);
        print(run, figures);
      }
    }
    System.out.println(figures);
    return 0;
  }

  /** Protects the street from a gateway that is away for long after a power cut. */
  @Command(description = "Process start → «ready» → first reading at the city's broker; page on.")
  int ready(@Option(names = "--runs", defaultValue = "7") int runs) throws Exception {
    var options = jvm();
    var figures = new Figures();
    for (int run = 0; run < runs; run++) {
      try (var stand = new Stand(options, page(), 1, 1)) {
        // Until the gateway has subscribed, its broker throws away what is published.
        try (var gateway = stand.gateway(List.of())) {
          stand.publish(new Pace.Steady(10_000, 200));
          Await.until("a reading at the city", () -> stand.city().bytes() > 0);
          double first = gateway.millisAt(System.nanoTime());
          gateway.awaitReady();
          figures.add("ready ms", gateway.readyMillis());
          figures.add("first reading ms", first);
          figures.add("cpu ms", (double) gateway.usage().cpuMillis());
        }
      }
      print(run, figures);
    }
    System.out.println(figures);
    return 0;
  }

  /** Protects small boards: what the house takes when nothing happens, page on. */
  @Command(description = "Resident memory some time after «ready», with the page.")
  int idle(
      @Option(names = "--seconds", defaultValue = "10") int seconds,
      @Option(names = "--runs", defaultValue = "3") int runs)
      throws Exception {
    var options = jvm();
    var figures = new Figures();
    for (int run = 0; run < runs; run++) {
      try (var stand = new Stand(options, page(), 1, 1);
          var gateway = stand.gateway(List.of())) {
        gateway.awaitReady();
        var before = gateway.usage();
        TimeUnit.SECONDS.sleep(seconds);
        var after = gateway.usage();
        figures.add("rss MB", after.rss() / MEGA);
        figures.add("pss MB", after.pss() / MEGA);
        figures.add("threads", (double) after.threads());
        figures.add("cpu ms/s", (double) (after.cpuMillis() - before.cpuMillis()) / seconds);
      }
      print(run, figures);
    }
    System.out.println(figures);
    return 0;
  }

  private static void load(Figures figures, Usage before, Usage after, int count) {
    figures.add("cpu ms/1000", (after.cpuMillis() - before.cpuMillis()) * 1e3 / count);
    figures.add("written B/reading", (double) (after.written() - before.written()) / count);
    figures.add("rss MB", after.rss() / MEGA);
    figures.add("pss MB", after.pss() / MEGA);
  }

  private static void print(int run, Figures figures) {
    System.out.println("run " + (run + 1) + figures.last());
  }

  private static int lowest(Points points) {
    return switch (points) {
      case PLAIN -> 1;
      case RULED -> 0;
    };
  }

  private static String page() throws Exception {
    return "127.0.0.1:" + FreePort.tcp();
  }

  /** The JVM's further options; makes the cache when it is wanted. */
  private List<String> jvm() throws Exception {
    return switch (cache) {
      case NONE -> jvm;
      case AOT -> {
        var options = new ArrayList<>(jvm);
        options.add("-XX:AOTCache=" + trained());
        yield options;
      }
    };
  }

  private Path trained() throws Exception {
    var file = Gateway.home().resolve("gateway/bench/target/kerbside.aot");
    Files.deleteIfExists(file);
    try (var stand = new Stand(jvm, page(), 0, 1);
        var gateway = stand.gateway(List.of("-XX:AOTCacheOutput=" + file))) {
      gateway.awaitReady();
      stand.carry(new Pace.Steady(1_000, 500), 1_000);
    }
    System.out.printf("%s: %.1f MB%n", file.getFileName(), Files.size(file) / MEGA);
    return file;
  }
}
