package org.kerbside.gateway.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** Which points speak. */
  enum Points {
    /** {@code p1..p3}: no rule looks at them. */
    PLAIN,
    /** {@code p0..p3}: the rule is tried on every fourth reading, and stays quiet. */
    RULED;

    int lowest() {
      return this == PLAIN ? 1 : 0;
    }
  }

  /** How the JVM is helped to start. */
  enum Cache {
    NONE,
    /** An ahead-of-time cache, made by one short run before the first. */
    AOT
  }

  /** One run of a benchmark. */
  interface Run {
    void into(Figures figures) throws Exception;
  }

  @Option(names = "--jvm", description = "one more option of the gateway's JVM; may be repeated")
  private List<String> jvm = new ArrayList<>();

  @Option(names = "--cache", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private Cache cache = Cache.NONE;

  @Option(names = "--who", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private Who who = Who.KERBSIDE;

  @Option(names = "--set", description = "KEY=VALUE of the site; may be repeated")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--assets",
      description = "of the site, four points each; default ${DEFAULT-VALUE}")
  private int assets = Street.ASSETS;

  /** Beside the build, on a real disk: /tmp is often in memory. */
  @Option(names = "--disk", description = "folder below which the subject keeps what it keeps")
  private Path disk = Gateway.home().resolve("gateway/bench/target/data");

  private Load() {}

  /** Runs what was asked for. */
  public static void main(String[] args) {
    var load = new Load();
    var line =
        new CommandLine(load)
            .addSubcommand(new Compare(load))
            .addSubcommand(new Backlog(load))
            .addSubcommand(new Soak(load))
            .addSubcommand(new Micro())
            .setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(args));
  }

  /** Protects the main promise: durable, and still faster than brokers that keep nothing. */
  @Command(description = "As fast as it goes: readings/s, CPU, bytes written.")
  int saturation(
      @Option(names = "--n", defaultValue = "300000") int count,
      @Option(names = "--runs", defaultValue = "5") int runs,
      @Option(names = "--points", defaultValue = "PLAIN") Points points)
      throws Exception {
    var setup = setup(points);
    return repeat(runs, figures -> Trial.saturation(setup, count, figures));
  }

  /** Protects the crew and the city from a gateway that is fast only because it waits. */
  @Command(description = "At a steady rate: p50 and p99 from publish to subscriber.")
  int latency(
      @Option(names = "--rate", defaultValue = "1000") int rate,
      @Option(names = "--seconds", defaultValue = "20") int seconds,
      @Option(names = "--runs", defaultValue = "5") int runs,
      @Option(names = "--points", defaultValue = "PLAIN") Points points)
      throws Exception {
    var setup = setup(points);
    return repeat(runs, figures -> Trial.latency(setup, rate, seconds, figures));
  }

  /** Protects the street from a gateway that is away for long after a power cut. */
  @Command(description = "Process start → «ready» → first reading at the city's broker; page on.")
  int ready(@Option(names = "--runs", defaultValue = "7") int runs) throws Exception {
    var setup = withPage(setup(Points.PLAIN));
    return repeat(runs, figures -> Trial.ready(setup, figures));
  }

  /** Protects small boards: what the house takes when nothing happens, page on. */
  @Command(description = "Resident memory some time after «ready», with the page.")
  int idle(
      @Option(names = "--seconds", defaultValue = "10") int seconds,
      @Option(names = "--runs", defaultValue = "3") int runs)
      throws Exception {
    var setup = withPage(setup(Points.PLAIN));
    return repeat(runs, figures -> Trial.idle(setup, seconds, figures));
  }

  private static int repeat(int runs, Run run) throws Exception {
    var figures = new Figures();
    for (int i = 0; i < runs; i++) {
      run.into(figures);
      System.out.println("run " + (i + 1) + figures.last());
    }
    System.out.println(figures);
    return 0;
  }

  /** What was asked for; makes the cache when it is wanted. */
  Stand.Setup setup(Points points) throws Exception {
    var setup = new Stand.Setup(who, jvm, "none", points.lowest(), assets, disk, settings);
    return switch (cache) {
      case NONE -> setup;
      case AOT -> setup.on("-XX:AOTCache=" + trained(setup));
    };
  }

  static Stand.Setup withPage(Stand.Setup setup) throws Exception {
    return setup.paged("127.0.0.1:" + FreePort.tcp());
  }

  private static Path trained(Stand.Setup setup) throws Exception {
    var file = Gateway.home().resolve("gateway/bench/target/kerbside.aot");
    Files.deleteIfExists(file);
    try (var stand = new Stand(withPage(setup), 1);
        var gateway = stand.gateway(List.of("-XX:AOTCacheOutput=" + file))) {
      gateway.awaitReady();
      stand.carry(new Pace.Steady(1_000, 500), 1_000);
    }
    System.out.printf("%s: %.1f MB%n", file.getFileName(), Files.size(file) / 1e6);
    return file;
  }
}
