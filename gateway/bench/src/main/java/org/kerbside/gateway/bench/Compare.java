package org.kerbside.gateway.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Protects the claim that we are better than others: all on the same work, in one go. */
@Command(
    name = "compare",
    description = "Kerbside beside a mosquitto bridge and two Node-RED flows, as a table.")
final class Compare implements Callable<Integer> {

  /** What the table shows of each. */
  private static final List<String> ROWS =
      List.of(
          "readings/s",
          "cpu ms/1000",
          "written B/reading",
          "rss MB",
          "p50 ms",
          "p99 ms",
          "idle rss MB");

  private final Load load;

  @Option(names = "--runs", defaultValue = "3")
  private int runs;

  @Option(names = "--seconds", defaultValue = "10", description = "of the steady 1,000/s")
  private int seconds;

  Compare(Load load) {
    this.load = load;
  }

  @Override
  public Integer call() throws Exception {
    var all = new LinkedHashMap<Who, Figures>();
    for (var who : Who.values()) {
      var figures = new Figures();
      var setup = load.setup(Load.Points.PLAIN).by(who);
      for (int run = 0; run < runs; run++) {
        measure(setup, figures);
        System.out.printf("%s, run %d%s%n", who.shown(), run + 1, figures.last());
      }
      all.put(who, figures);
    }
    print(all);
    return 0;
  }

  private void measure(Stand.Setup setup, Figures figures) throws Exception {
    Trial.saturation(setup, count(setup.who()), figures);
    var steady = new Figures();
    Trial.latency(setup, 1_000, seconds, steady);
    figures.take(steady, "p50 ms");
    figures.take(steady, "p99 ms");
    var idle = new Figures();
    Trial.idle(Load.withPage(setup), 10, idle);
    figures.add("idle rss MB", idle.median("rss MB"));
  }

  /** So many that a run takes some seconds. */
  private static int count(Who who) {
    return switch (who) {
      case KERBSIDE, BRIDGE -> 200_000;
      case NODE_RED_BATCHING -> 60_000;
      case NODE_RED_EACH -> 20_000;
    };
  }

  private static void print(Map<Who, Figures> all) {
    System.out.println("\nmedian (lowest–highest), × Kerbside's median\n");
    for (var row : ROWS) {
      System.out.println(row);
      double ours = median(all, Who.KERBSIDE, row);
      all.forEach(
          (who, figures) ->
              System.out.printf(
                  Locale.ROOT,
                  "  %-34s %s  × %.2f%n",
                  who.shown(),
                  figures.spread(row),
                  figures.median(row) / ours));
    }
  }

  private static double median(Map<Who, Figures> all, Who who, String row) {
    var figures = all.get(who);
    return figures == null ? Double.NaN : figures.median(row);
  }
}
