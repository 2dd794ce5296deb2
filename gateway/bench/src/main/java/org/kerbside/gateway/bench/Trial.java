package org.kerbside.gateway.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;

/** One run of each benchmark, on new brokers, a new subject and a new store. */
final class Trial {

  private static final double MEGA = 1e6;
  private static final int WARM_UP = 20_000;

  /** So many under way keep every station busy. */
  private static final int AHEAD = 20_000;

  private Trial() {}

  /** As fast as it goes. */
  static void saturation(Stand.Setup setup, int count, Figures figures) throws Exception {
    int warmUp = Math.min(WARM_UP, count / 5);
    try (var stand = new Stand(setup, count);
        var subject = stand.subject()) {
      subject.awaitReady();
      stand.carry(new Pace.Saturation(warmUp, AHEAD, stand.street()::arrived), warmUp);
      stand.latencies().clear();
      int arrived = stand.street().arrived();
      int messages = stand.messages();
      long bytes = stand.city().bytes();
      var before = subject.usage();
      var pace = new Pace.Saturation(count, AHEAD, () -> stand.street().arrived() - arrived);
      double seconds = stand.carry(pace, count);
      var after = subject.usage();
      stand.check();
      figures.add("readings/s", count / seconds);
      load(figures, before, after, count);
      figures.add("payload B/reading", (double) (stand.city().bytes() - bytes) / count);
      figures.add("readings/frame", (double) count / (stand.messages() - messages));
    }
  }

  /** At a steady rate. */
  static void latency(Stand.Setup setup, int rate, int seconds, Figures figures) throws Exception {
    int count = rate * seconds;
    int warmUp = 5 * rate;
    try (var stand = new Stand(setup, count);
        var subject = stand.subject()) {
      subject.awaitReady();
      stand.carry(new Pace.Steady(warmUp, rate), warmUp);
      stand.latencies().clear();
      long bytes = stand.city().bytes();
      var before = subject.usage();
      stand.carry(new Pace.Steady(count, rate), count);
      var after = subject.usage();
      stand.check();
      figures.add("p50 ms", stand.latencies().percentile(50));
      figures.add("p99 ms", stand.latencies().percentile(99));
      figures.add("max ms", stand.latencies().percentile(100));
      load(figures, before, after, count);
      figures.add("payload B/reading", (double) (stand.city().bytes() - bytes) / count);
    }
  }

  /** From the start of the process to the first reading at the city. */
  static void ready(Stand.Setup setup, Figures figures) throws Exception {
    try (var stand = new Stand(setup, 1)) {
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
  }

  /** What it takes when nothing happens. */
  static void idle(Stand.Setup setup, int seconds, Figures figures) throws Exception {
    try (var stand = new Stand(setup, 1);
        var subject = stand.subject()) {
      subject.awaitReady();
      var before = subject.usage();
      TimeUnit.SECONDS.sleep(seconds);
      var after = subject.usage();
      figures.add("rss MB", after.rss() / MEGA);
      figures.add("pss MB", after.pss() / MEGA);
      figures.add("threads", (double) after.threads());
      figures.add("cpu ms/s", (double) (after.cpuMillis() - before.cpuMillis()) / seconds);
    }
  }

  private static void load(Figures figures, Usage before, Usage after, int count) {
    figures.add("cpu ms/1000", (after.cpuMillis() - before.cpuMillis()) * 1e3 / count);
    figures.add("written B/reading", (double) (after.written() - before.written()) / count);
    figures.add("rss MB", after.rss() / MEGA);
    figures.add("pss MB", after.pss() / MEGA);
  }
}
