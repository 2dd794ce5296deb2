package org.kerbside.gateway.bench;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Protects the hour after an outage: the backlog goes fast, and alarms do not wait behind it. */
@Command(
    name = "backlog",
    description = "The city is away, readings gather; it returns: how fast they drain.")
final class Backlog implements Callable<Integer> {

  private final Load load;

  @Option(names = "--n", defaultValue = "1000000", description = "readings that gather")
  private int count;

  @Option(names = "--rate", defaultValue = "20000", description = "at which they gather")
  private int rate;

  Backlog(Load load) {
    this.load = load;
  }

  @Override
  public Integer call() throws Exception {
    var setup = load.setup(Load.Points.PLAIN);
    try (var stand = new Stand(setup, 1);
        var subject = stand.subject()) {
      subject.awaitReady();
      stand.carry(new Pace.Steady(1_000, 1_000), 1_000);
      stand.cityLeaves();
      for (var sender : stand.publish(new Pace.Steady(count, rate))) {
        sender.join();
      }
      var before = subject.usage();
      int arrived = stand.street().arrived();
      stand.cityReturns();
      try (var alarms = Alarms.between(stand.fieldPort(), stand.cityPort())) {
        stand.awaitArrived(arrived + 1);
        alarms.begin();
        stand.awaitArrived(arrived + count);
        alarms.end();
        double seconds = stand.city().seconds();
        stand.check();
        System.out.printf(
            Locale.ROOT,
            "%,d readings drained in %.1f s: %,.0f/s; cpu %.1f ms/1000; rss %.0f MB%n"
                + "alarms meanwhile: %s%n",
            count,
            seconds,
            count / seconds,
            (subject.usage().cpuMillis() - before.cpuMillis()) * 1e3 / count,
            subject.usage().rss() / 1e6,
            alarms);
      }
    }
    return 0;
  }
}
