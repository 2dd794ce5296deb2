package org.kerbside.gateway.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.drivers.testkit.Timetable;
import org.kerbside.gateway.app.LinuxBoard.Lasting;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.uplink.Description;
import org.kerbside.gateway.uplink.Doors;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.gateway.uplink.Link;
import org.kerbside.gateway.uplink.SimulatedBroker;
import org.kerbside.gateway.uplink.SteppedUplink;

/**
 * One process of the gateway, from its start to its kill, without a thread: control, writer and
 * uplink are stepped when something came for them or their wait is over.
 */
final class Life {

  /** Control looks around so often when nothing is due; in the real one every second. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  /** Nothing may go round so often at one instant. */
  private static final int MOST_STEPS = 20_000;

  /** What stands around a process and outlives it. */
  record Around(
      Plan plan,
      Scenario scenario,
      Timetable time,
      SimulatedBoard board,
      Outputs street,
      SimulatedBroker broker,
      Observer observer,
      Random chance) {}

  /** Sees what is committed, right after the commit. */
  interface Observer {
    void committed(Life life, Batch batch);
  }

  private final Around around;
  private final Path folder;
  private final Journal journal;
  private final SystemClock clock;
  private final Pipeline pipeline;
  private final Pipeline.Steps steps;
  private final SteppedUplink uplink;
  private long turnDue; // ns, as the next
  private long writeDue;
  private long talkDue;

  Life(Around around, Path folder, Lasting lasting) throws JournalException {
    this.around = around;
    this.folder = folder;
    var config = around.plan().config();
    var site = config.site();
    clock = clock(around, folder, lasting);
    var boot = "%08d".formatted(around.chance().nextInt(100_000_000));
    var wire = new JsonWire(site.id(), boot, config.uplink().compress());
    journal = Journal.open(folder, site.id(), wire, quota(around), clock);
    var listening = new Listening();
    pipeline =
        new Pipeline(
            config,
            around.plan().rules(),
            new Pipeline.Around(
                journal,
                Map.of("sim", around.street()),
                Set.of(),
                listening::view,
                listening,
                readings -> {},
                batch -> around.observer().committed(this, batch),
                clock));
    steps = pipeline.steps();
    uplink =
        new SteppedUplink(
            site,
            link(around.plan()),
            new Description(
                "0",
                1,
                config.assets(),
                around.plan().rules().cards(),
                config.uplink().ack(),
                Origin.SIMULATED),
            new Doors(journal, pipeline.view(), pipeline, pipeline, pipeline::arrive),
            new Random(around.chance().nextLong()),
            clock,
            around.broker());
    listening.uplink = uplink;
    steps.control().begin();
  }

  private static SystemClock clock(Around around, Path folder, Lasting lasting) {
    var known = new KnownTime(folder);
    var released = Instant.parse("2026-01-01T00:00:00Z");
    var keeping = new Timekeeping(released, known.read(), "boot", lasting);
    return new SystemClock(around.board(), keeping, known, around.board().kernel());
  }

  private static Quota quota(Around around) {
    Set<String> counters =
        around.plan().config().assets().stream()
            .flatMap(asset -> asset.points().stream())
            .filter(point -> point.spec().type() == PointType.COUNTER)
            .map(point -> point.id().toString())
            .collect(Collectors.toSet());
    return new Quota(around.scenario().quota(), counters);
  }

  private static Link link(Plan plan) {
    var up = plan.config().uplink();
    return Link.to(
        up.url().text(),
        new Identity.Anonymous(),
        Path.of("none"),
        up.root(),
        up.tenant(),
        up.spread());
  }

  Journal journal() {
    return journal;
  }

  Path folder() {
    return folder;
  }

  Inlet doorway(String bus) {
    return pipeline.doorway(bus);
  }

  UplinkView uplink() {
    return uplink.view();
  }

  /** Looks at the wall clock, as its watch does every two seconds. */
  void lookAtTheClock() {
    clock.check(pipeline::arrive);
  }

  /** When something is due though nothing comes, ns. */
  long due() {
    return Math.min(turnDue, Math.min(writeDue, talkDue));
  }

  /** Lets every part do what there is to do now. */
  void settle() throws InterruptedException {
    int left = MOST_STEPS;
    boolean busy = true;
    while (busy) {
      if (left-- == 0) {
        throw new AssertionError("it goes round and round at one instant");
      }
      busy = turn();
      write();
      busy |= talk();
    }
  }

  private boolean turn() throws InterruptedException {
    var came = steps.intake().take(Duration.ZERO);
    if (came.isEmpty() && around.time().nanos() < turnDue) {
      return false;
    }
    steps.control().turn(came);
    turnDue = due(steps.control().untilNext(LOOK));
    return true;
  }

  private void write() {
    var wait = steps.writer().step();
    while (wait != null && wait.isZero()) {
      wait = steps.writer().step();
    }
    writeDue = wait == null ? Long.MAX_VALUE : due(wait);
  }

  private boolean talk() throws InterruptedException {
    boolean isDue = around.time().nanos() >= talkDue;
    var wait = uplink.step(isDue ? SteppedUplink.Due.NOW : SteppedUplink.Due.NOT_YET);
    if (wait == null) {
      return false;
    }
    talkDue = due(wait);
    return true;
  }

  private long due(Duration wait) {
    return around.time().nanos() + Math.max(0, wait.toNanos());
  }

  /**
   * The process is gone at this instant: its files are what stands on the disk, with what a card
   * may make of writes that nobody waited for.
   */
  void kill(Path heir) throws IOException {
    Files.createDirectories(heir);
    for (var name : new String[] {"journal.db", "journal.db-wal", "journal.sending", "clock"}) {
      var file = folder.resolve(name);
      if (Files.exists(file)) {
        Files.copy(file, heir.resolve(name));
      }
    }
    var log = heir.resolve("journal.db-wal");
    if (Files.exists(log) && around.chance().nextBoolean()) {
      var garbage = new byte[around.chance().nextInt(5_000)];
      around.chance().nextBytes(garbage);
      Files.write(log, garbage, StandardOpenOption.APPEND);
    }
    if (Files.exists(log) && around.scenario().planted() == Planted.FORGETS_A_COMMIT) {
      Files.write(log, Arrays.copyOf(Files.readAllBytes(log), (int) Files.size(log) / 2));
    }
    var ballast = folder.resolve("journal.ballast");
    if (Files.exists(ballast)) {
      Files.move(ballast, heir.resolve("journal.ballast"));
    }
    uplink.vanish();
    journal.close();
    delete(folder);
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        if (Files.isDirectory(file)) {
          delete(file);
        } else {
          Files.delete(file);
        }
      }
    }
    Files.delete(folder);
  }

  /** The uplink for the pipeline, which is made before it. */
  private static final class Listening implements ProgressListener {

    private @Nullable SteppedUplink uplink;

    UplinkView view() {
      return uplink == null
          ? new UplinkView(UplinkView.State.DOWN, 0, 0, Instant.EPOCH, null)
          : uplink.view();
    }

    @Override
    public void progress(String command, Progress progress) {
      requireNonNull(uplink).progress(command, progress);
    }

    @Override
    public void ended(Event.Result result) {
      requireNonNull(uplink).ended(result);
    }
  }
}
