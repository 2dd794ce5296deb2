package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.simulator.SteppedStreet;
import org.kerbside.drivers.testkit.Timetable;
import org.kerbside.gateway.app.LinuxBoard.Lasting;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.journal.Disk;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.uplink.SimulatedBroker;
import org.kerbside.gateway.uplink.SimulatedBroker.Publication;

/**
 * A street, a cabinet and a city for some simulated days on one thread: the real pipeline, journal
 * and uplink over simulated time, storage and network. The same scenario gives the same days.
 */
final class Simulation implements SimulatedBroker.City, Trouble.Stage {

  private static final Instant BEGAN = Instant.parse("2026-07-01T00:00:00Z");
  private static final Duration STREET = Duration.ofMinutes(1);

  /** A platform says so often how far it has come. */
  private static final Duration WATERMARK = Duration.ofMinutes(1);

  /** An event on a link that is well, besides its ways: what the uplink may be busy with. */
  private static final long SOON = 1_000;

  /** The longest that anything may need when all is well again: a refused frame's ten minutes. */
  private static final Duration HEALING = Duration.ofHours(3);

  /** What the city has not heard lies at the broker so long at most. */
  private static final Duration LYING = Duration.ofSeconds(30);

  private final Scenario scenario;
  private final Path folder;
  private final Timetable time = new Timetable();
  private final Random chance;
  private final Laws laws = new Laws();
  private final Plan plan;
  private final SimulatedBoard board;
  private final SimulatedBroker broker;
  private final SteppedStreet street;
  private final NumberedSensors sensors;
  private final Trouble trouble;
  private final Life.Around around;

  private @Nullable Life life;
  private int lives;
  private boolean ending;

  Simulation(Scenario scenario, Path folder) {
    this.scenario = scenario;
    this.folder = folder;
    chance = new Random(scenario.seed());
    plan = plan(scenario);
    var config = plan.config();
    var uplink = config.uplink();
    board = new SimulatedBoard(time, BEGAN);
    var prefix = "%s/1/%s/%s/".formatted(uplink.root(), uplink.tenant(), config.site().id());
    broker = new SimulatedBroker(time, chance(), this, prefix);
    broker.takes(scenario.receives(), scenario.largest());
    broker.travels(scenario.latency(), Duration.ofMillis(5));
    broker.repeats(scenario.repeats());
    var devices = config.devices().stream().filter(device -> device.bus().equals("sim")).toList();
    street = new SteppedStreet(scenario.seed(), STREET, config.site(), devices);
    sensors =
        new NumberedSensors(time, board::truth, () -> life, laws, scenario.planted(), chance());
    trouble = new Trouble(scenario, time, chance(), broker, board);
    around =
        new Life.Around(
            plan,
            scenario,
            time,
            board,
            (device, quantity, value) -> {
              laws.moved(device, quantity, value);
              street.move(device, quantity, value);
            },
            broker,
            this::committed,
            chance());
  }

  private Random chance() {
    return new Random(chance.nextLong());
  }

  private static Plan plan(Scenario scenario) {
    var site =
        GatewayProcess.home().resolve("gateway/app/src/test/resources/simulated-street.yaml");
    var mistakes = new Mistakes();
    var plan = Plan.read(site, scenario.settings(), mistakes);
    if (plan == null) {
      throw new AssertionError("%s: %s".formatted(site, new Diagnostics(mistakes).text()));
    }
    return plan;
  }

  /** Lets so much time pass under trouble, then heals and drains, and looks at what came of it. */
  Laws run(Duration span) throws Exception {
    begin();
    pass(span);
    heal();
    do {
      pass(LYING);
    } while (!isDrained()); // Silence may be told meanwhile.
    laws.hold(running().journal());
    running().kill(folder.resolve("end"));
    life = null;
    return laws;
  }

  Map<String, Integer> provoked() {
    return trouble.provoked();
  }

  private void begin() throws JournalException, IOException {
    start(Lasting.GOES_ON_WHILE_OFF);
    sensors.begin();
    trouble.begin(this);
    live();
    watch();
    if (scenario.release() == Scenario.Release.PLATFORM) {
      tellWatermarks();
    }
  }

  private void pass(Duration span) throws Exception {
    long end = time.nanos() + span.toNanos();
    for (long next = next(); next <= end; next = next()) {
      time.pass(next);
      step();
    }
    time.pass(end);
  }

  /** A process that has just started has been due since always. */
  private long next() {
    var running = life;
    long due = running == null ? Long.MAX_VALUE : Math.max(time.nanos(), running.due());
    return Math.min(time.next(), due);
  }

  private void step() throws Exception {
    try {
      time.act();
      var running = life;
      if (running != null) {
        running.settle();
      }
    } catch (Killed here) {
      end();
    }
  }

  private void heal() throws Exception {
    trouble.end(this);
    ending = true;
    sensors.fallQuiet();
    if (life == null) {
      start(Lasting.GOES_ON_WHILE_OFF);
    }
    sensors.reconnect();
    long end = time.nanos() + HEALING.toNanos();
    while (!isDrained()) {
      if (time.nanos() > end) {
        throw new AssertionError("not drained in %s: %s".formatted(HEALING, waiting()));
      }
      time.pass(next());
      step();
    }
  }

  private boolean isDrained() {
    var running = life;
    return running != null
        && sensors.isDone()
        && running.journal().waiting(Stream.READINGS) == 0
        && running.journal().waiting(Stream.EVENTS) == 0;
  }

  private String waiting() {
    return life == null
        ? "no process"
        : "%s readings, %s events, uplink %s"
            .formatted(
                running().journal().waiting(Stream.READINGS),
                running().journal().waiting(Stream.EVENTS),
                running().uplink());
  }

  private Life running() {
    var running = life;
    if (running == null) {
      throw new AssertionError("no process runs");
    }
    return running;
  }

  // The street

  private void live() {
    for (var delivery : street.step(board.truth())) {
      time.after(Duration.ofMillis(chance.nextInt((int) STREET.toMillis())), () -> say(delivery));
    }
    if (!ending) {
      time.after(STREET, this::live);
    }
  }

  private void say(Delivery delivery) {
    var running = life;
    if (running != null) {
      running.doorway("sim").offer(delivery);
    }
  }

  @Override
  public void burst() {
    sensors.burst(50 + chance.nextInt(150));
  }

  @Override
  public void fieldReconnects() {
    sensors.reconnect();
  }

  @Override
  public void strikeTheStreet() {
    var devices = List.of("f1", "m2", "bin-1", "bin-2", "lamp-3", "lamp-7", "master-1", "zone-1");
    var asset = devices.get(chance.nextInt(devices.size()));
    street.strike(asset, chance.nextInt(8), Duration.ofMinutes(5 + chance.nextInt(300)));
  }

  @Override
  public void nonsense() {
    double[] wild = {Double.MAX_VALUE, -Double.MAX_VALUE, 1e6, -1e6, Integer.MIN_VALUE, -0.0};
    var number = wild[chance.nextInt(wild.length)];
    var samples =
        switch (chance.nextInt(4)) {
          case 0 -> List.of(Sample.of("distance", number, Unit.METRE));
          case 1 -> List.of(Sample.of("distance", 1, Unit.CELSIUS));
          case 2 -> List.of(Sample.of("distance", 1.1, Unit.METRE).at(Instant.EPOCH));
          default -> List.of(Sample.of("nothing", "at all"));
        };
    var device = chance.nextInt(4) == 0 ? "stranger" : "bin-3";
    say(new Delivery(device, samples, List.of(), Receipt.NONE, Delivery.Sending.FIRST, null));
  }

  // The process

  @Override
  public void kill() {
    throw new Killed("between two steps");
  }

  private void end() throws IOException {
    var dying = life;
    if (dying == null) {
      return;
    }
    life = null;
    dying.kill(folder.resolve("life-" + lives));
    var lasting = chance.nextInt(4) == 0 ? Lasting.STANDS_WHILE_OFF : Lasting.GOES_ON_WHILE_OFF;
    time.after(
        Duration.ofMillis(1_000 + chance.nextInt(90_000)),
        () -> {
          if (life == null) {
            start(lasting);
            sensors.reconnect();
          }
        });
  }

  private void start(Lasting lasting) {
    try {
      var path = folder.resolve("life-" + lives++);
      Files.createDirectories(path);
      if (lasting == Lasting.STANDS_WHILE_OFF) {
        board.set(Duration.between(board.truth(), Instant.EPOCH), new Kernel.Free());
        time.after(Duration.ofSeconds(60 + chance.nextInt(600)), this::hearOfTheTime);
      }
      var fresh = new Life(around, path, lasting);
      life = fresh;
      Disk.asks(fresh.journal(), trouble::atCommit);
      laws.begins(fresh.journal());
    } catch (IOException | JournalException broken) {
      throw new AssertionError("it does not start", broken);
    }
  }

  private void hearOfTheTime() {
    board.set(Duration.ZERO, new Kernel.Synchronised(Duration.ofMillis(50)));
    lookAtTheClock();
  }

  /** The clock is looked at every two seconds; here after it was set, and now and then. */
  private void watch() {
    lookAtTheClock();
    time.after(Duration.ofMinutes(10), this::watch);
  }

  @Override
  public void lookAtTheClock() {
    var running = life;
    if (running != null) {
      running.lookAtTheClock();
    }
  }

  private void committed(Life by, Batch batch) {
    laws.committed(by, batch, time.nanos());
  }

  // The city

  @Override
  public int answer(Publication publication) {
    return trouble.answer(publication);
  }

  @Override
  public void published(Publication publication) {
    if (scenario.planted() == Planted.LOSES_A_FRAME && publication.seq() == 100) {
      return;
    }
    var commit = laws.received(publication);
    if (commit != null && commit.nanos() > broker.calmSince()) {
      long late = (time.nanos() - commit.nanos()) / 1_000_000;
      laws.overtook(late, SOON + ways(commit) * scenario.latency().toMillis());
    }
  }

  /**
   * There and back for what is on its way, there and back for itself, and for each handful of older
   * events as the broker takes them.
   */
  private long ways(Laws.Commit commit) {
    return 4 + 2 * Math.ceilDiv(commit.ahead(), (long) scenario.receives());
  }

  private void tellWatermarks() {
    for (var stream : Stream.values()) {
      var stored = laws.stored(stream);
      var need = new StringBuilder();
      long last = stored.last();
      for (long hole = stored.missing(1); hole < last; hole = stored.missing(hole)) {
        long end = stored.holeEnd(hole);
        need.append(need.isEmpty() ? "" : ",").append("[%d,%d]".formatted(hole, end));
        hole = end + 1;
      }
      var text =
          "{\"stream\":\"%s\",\"epoch\":\"%s\",\"seq\":%d,\"need\":[%s]}"
              .formatted(stream.word(), laws.epoch(), last, need);
      broker.send("ack", text.getBytes(UTF_8), false);
    }
    time.after(WATERMARK, this::tellWatermarks);
  }
}
