package org.kerbside.gateway.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Protects a gateway that nobody restarts for years: memory, threads and descriptors stay flat. */
@Command(name = "soak", description = "A steady rate for minutes: resident memory each minute.")
final class Soak implements Callable<Integer> {

  private static final double MEGA = 1e6;

  /** What may come on top after the warm-up. */
  private static final double MOST = 2; // MB

  private final Load load;

  @Option(names = "--minutes", defaultValue = "10", description = "after the warm-up")
  private int minutes;

  /** Until the collector has touched all of its heap once: six minutes here. */
  @Option(names = "--warm-up", defaultValue = "8", description = "minutes before the first figure")
  private int warmUp;

  @Option(names = "--rate", defaultValue = "1000")
  private int rate;

  Soak(Load load) {
    this.load = load;
  }

  @Override
  public Integer call() throws Exception {
    var setup = Load.withPage(load.setup(Load.Points.RULED));
    int seconds = (warmUp + minutes) * 60;
    try (var stand = new Stand(setup, 1);
        var subject = stand.subject()) {
      subject.awaitReady();
      var senders = stand.publish(new Pace.Steady(rate * seconds, rate));
      for (int minute = 0; minute < warmUp; minute++) {
        TimeUnit.MINUTES.sleep(1);
        print(minute - warmUp + 1, subject);
      }
      double first = average(subject);
      long threads = subject.usage().threads();
      long files = files(subject);
      for (int minute = 1; minute <= minutes - 1; minute++) {
        TimeUnit.MINUTES.sleep(1);
        print(minute, subject);
      }
      double last = average(subject);
      boolean isFlat =
          last - first < MOST && subject.usage().threads() <= threads && files(subject) <= files;
      for (var sender : senders) {
        sender.join();
      }
      stand.check();
      System.out.printf(
          "%d readings; resident memory %+.2f MB over %d minutes (%.1f → %.1f), threads %d → %d,"
              + " descriptors %d → %d: %s%n",
          stand.street().arrived(),
          last - first,
          minutes,
          first,
          last,
          threads,
          subject.usage().threads(),
          files,
          files(subject),
          isFlat ? "flat" : "NOT FLAT");
      return isFlat ? 0 : 1;
    }
  }

  /** Of a minute: the collector makes a saw of it. */
  private static double average(Subject subject) throws Exception {
    double sum = 0;
    for (int i = 0; i < 60; i++) {
      sum += subject.usage().rss() / MEGA;
      TimeUnit.SECONDS.sleep(1);
    }
    return sum / 60;
  }

  private static void print(int minute, Subject subject) throws Exception {
    var usage = subject.usage();
    System.out.printf(
        "minute %d: rss %.1f MB, threads %d, descriptors %d%n",
        minute, usage.rss() / MEGA, usage.threads(), files(subject));
  }

  private static long files(Subject subject) throws Exception {
    try (var open = Files.list(Path.of("/proc", Long.toString(subject.pid()), "fd"))) {
      return open.count();
    }
  }
}
