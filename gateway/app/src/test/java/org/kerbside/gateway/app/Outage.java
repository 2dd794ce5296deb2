package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Timetable;
import org.kerbside.gateway.app.LinuxBoard.Lasting;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.uplink.SimulatedBroker;
import org.kerbside.gateway.uplink.SimulatedBroker.Publication;
import org.kerbside.gateway.uplink.SimulatedBroker.Way;

/**
 * The city is away for days while readings come; then it returns by a modem's link, and alarms are
 * raised once a second while the backlog drains. No other fault strikes.
 */
final class Outage implements SimulatedBroker.City {

  private static final Instant BEGAN = Instant.parse("2026-07-01T00:00:00Z");
  private static final int DEVICES = 10;
  private static final int POINTS = 10;
  private static final int ALARMS = 32;
  private static final int COUNTERS = 4;
  private static final double HIGH = 2e9;

  /** 1 Mbit/s, and what it takes to the tower and back. */
  private static final long BYTES_PER_SECOND = 125_000;

  private static final Duration LATENCY = Duration.ofMillis(50);

  /** Live frames under way are no backlog. */
  private static final long BEHIND = 5;

  private static final Duration LONGEST_DRAIN = Duration.ofHours(6);

  private final Timetable time = new Timetable();
  private final Laws laws = new Laws();
  private final Random chance;
  private final SimulatedBoard board = new SimulatedBoard(time, BEGAN);
  private final SimulatedBroker broker;
  private final Life life;
  private final Duration pace;
  private final List<Long> delays = new ArrayList<>(); // of alarms while there was backlog, ms
  private final double[] counters = new double[COUNTERS];
  private final boolean[] high = new boolean[ALARMS];
  private long said;
  private boolean returned;
  private boolean quiet;

  /**
   * @param rate readings a second
   * @param quota of the journal, in bytes
   */
  Outage(long seed, int rate, long quota, Path folder) throws Exception {
    chance = new Random(seed);
    pace = Duration.ofSeconds(DEVICES * POINTS).dividedBy(rate);
    var site =
        GatewayProcess.home().resolve("gateway/app/src/test/resources/simulated-outage.yaml");
    var plan = Plan.read(site, List.of(), new Mistakes());
    if (plan == null) {
      throw new AssertionError(site + " has mistakes");
    }
    broker = new SimulatedBroker(time, new Random(seed), this, "kerbside/1/sim/SIM-1/");
    broker.travels(LATENCY, Duration.ZERO);
    broker.bandwidth(BYTES_PER_SECOND);
    var scenario =
        new Scenario(
            seed,
            List.of(),
            quota,
            Scenario.Release.BROKER,
            1_000,
            1_000_000,
            LATENCY,
            0,
            Planted.NONE);
    var around =
        new Life.Around(
            plan,
            scenario,
            time,
            board,
            (device, quantity, value) -> {},
            broker,
            (by, batch) -> laws.committed(by, batch, time.nanos()),
            chance);
    life =
        new Life(
            around, Files.createDirectories(folder.resolve("life")), Lasting.GOES_ON_WHILE_OFF);
    laws.begins(life.journal());
  }

  /**
   * What came of it.
   *
   * @param events how long the events of the outage took; they go first, the oldest first
   * @param drained how long all of it took
   * @param p99 of the alarms that were raised while readings drained, ms
   * @param file of the journal, in bytes
   */
  record Report(
      long readings,
      long frames,
      long thinned,
      Duration events,
      Duration drained,
      long p99,
      int alarms,
      long file) {}

  Report run(Duration away) throws Exception {
    telemetry();
    pass(time.nanos() + Duration.ofMinutes(10).toNanos());
    broker.way(Way.REFUSED);
    pass(time.nanos() + away.toNanos());
    broker.way(Way.UP);
    long began = time.nanos();
    while (life.journal().waiting(Stream.EVENTS) > 0) {
      tick(began);
    }
    var events = Duration.ofNanos(time.nanos() - began);
    returned = true;
    alarm();
    while (life.journal().waiting(Stream.READINGS) > BEHIND) {
      tick(began);
    }
    long drained = time.nanos() - began;
    returned = false;
    settle();
    laws.hold(life.journal());
    return new Report(
        said,
        laws.frames(),
        laws.thinned(),
        events,
        Duration.ofNanos(drained),
        p99(),
        delays.size(),
        life.journal().written().file());
  }

  private void tick(long began) throws Exception {
    if (time.nanos() - began > LONGEST_DRAIN.toNanos()) {
      throw new AssertionError("not drained: " + life.uplink());
    }
    pass(time.nanos() + Duration.ofMillis(200).toNanos());
  }

  private void settle() throws Exception {
    quiet = true;
    pass(time.nanos() + Duration.ofMinutes(5).toNanos());
  }

  private long p99() {
    var sorted = delays.stream().sorted().toList();
    return sorted.isEmpty() ? -1 : sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
  }

  void close(Path folder) throws IOException {
    life.kill(folder.resolve("end"));
  }

  private void pass(long end) throws Exception {
    for (long next = next(); next <= end; next = next()) {
      time.pass(next);
      time.act();
      life.settle();
    }
    time.pass(end);
  }

  private long next() {
    return Math.min(time.next(), life.due());
  }

  /** Every device says all its points, and every counter counts. */
  private void telemetry() {
    if (quiet) {
      return;
    }
    for (int device = 0; device < DEVICES; device++) {
      var samples = new ArrayList<Sample>();
      for (int point = 0; point < POINTS; point++) {
        double value = Math.rint(chance.nextGaussian() * 1000) / 100;
        samples.add(Sample.of("p" + point, value, Unit.RATIO));
      }
      said += samples.size();
      say("t" + device, samples, Receipt.NONE);
    }
    for (int counter = 0; counter < COUNTERS; counter++) {
      counters[counter] += 1 + chance.nextInt(5);
      count("c" + counter, (long) counters[counter]);
    }
    time.after(pace, this::telemetry);
  }

  private void count(String name, long total) {
    said++;
    laws.said(name, total, life.journal());
    say(name, List.of(Sample.of("p0", (double) total, Unit.RATIO)), new Counted(name, total));
  }

  /** One more alarm changes. */
  private void alarm() {
    if (!returned) {
      return;
    }
    int which = chance.nextInt(ALARMS);
    high[which] ^= true;
    say("x" + which, List.of(Sample.of("p0", high[which] ? HIGH : 0, Unit.RATIO)), Receipt.NONE);
    time.after(Duration.ofSeconds(1), this::alarm);
  }

  private void say(String device, List<Sample> samples, Receipt receipt) {
    var delivery = new Delivery(device, samples, List.of(), receipt, Delivery.Sending.FIRST, null);
    if (!life.doorway("field").offer(delivery)) {
      throw new AssertionError("no room in the intake");
    }
  }

  @Override
  public int answer(Publication publication) {
    return 0;
  }

  @Override
  public void published(Publication publication) {
    var commit = laws.received(publication);
    if (commit != null && returned && commit.nanos() > broker.calmSince()) {
      delays.add((time.nanos() - commit.nanos()) / 1_000_000);
    }
  }

  private final class Counted implements Receipt {

    private final String name;
    private final long total;

    Counted(String name, long total) {
      this.name = name;
      this.total = total;
    }

    @Override
    public void kept() {
      laws.acknowledged(name, total, life.journal());
    }

    @Override
    public void refused(String reason) {
      throw new AssertionError("%s %d: %s".formatted(name, total, reason));
    }
  }
}
