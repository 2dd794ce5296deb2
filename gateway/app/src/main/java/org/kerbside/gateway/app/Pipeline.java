package org.kerbside.gateway.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kerbside.config.SiteConfig;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Outputs;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.desk.Desk;
import org.kerbside.gateway.desk.Known;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.CommandDoor;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.GapDoor;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.rules.RuleBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a reading through the cabinet: intake → stamp → screen → derive → state → rules → desk
 * on control's thread, then one commit on the writer's. Started after what stands behind it,
 * stopped before.
 */
public final class Pipeline implements CommandDoor, GapDoor {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private static final Duration MAKES_SAFE = Duration.ofSeconds(2);
  private static final Duration LAST_TURN = Duration.ofSeconds(2);
  private static final Duration LAST_COMMIT = Duration.ofSeconds(4);

  private final Intake intake = new Intake();
  private final Asset cabinet;
  private final Live live;
  private final Writer writer;
  private final Control control;
  private final Clock clock;
  private final ProgressListener progress;
  private final Thread controlling;
  private final Thread writing;

  /**
   * What stands around the pipeline.
   *
   * @param outputs the buses that have actuators, by name
   * @param goingOn buses that are open since a gateway before: what it knew of them is so, and what
   *     it ordered there stands
   * @param progress hears how commands get on
   * @param heard takes the readings of each turn as control hands them over, committed or not, on
   *     control's thread; must return at once
   * @param committed where a committed batch goes, on the writer's thread
   */
  public record Around(
      Journal journal,
      Map<String, Outputs> outputs,
      Set<String> goingOn,
      Supplier<UplinkView> uplink,
      ProgressListener progress,
      Consumer<List<Reading>> heard,
      Consumer<Batch> committed,
      Clock clock) {}

  public Pipeline(SiteConfig site, RuleBook rules, Around around) {
    clock = around.clock();
    progress = around.progress();
    cabinet = site.assets().getLast();
    var silence = new Silence(site.devices());
    var state = new State(site.assets(), silence);
    var recent = recent(site, around);
    var stamp = new Stamp(silence, recent, new Reports());
    live = new Live(site.site(), site.assets(), state, clock, around.uplink());
    writer =
        new Writer(
            around.journal(),
            new FlashBudget(site.journal().flash(), clock.nanos()),
            intake,
            clock,
            batch -> {
              tellResults(batch, progress);
              around.committed().accept(batch);
            });
    var outlets = new Outlets(site.devices(), around.outputs());
    var floors = rules.programmes().floors();
    var desk = new Desk(site.assets(), outlets::reaches, floors, site.uplink().lease());
    var begun = Desk.ruling();
    var memory =
        desk.start(
            known(around.journal()),
            point -> outlets.reaches(point, around.goingOn()),
            clock.now(),
            begun);
    var derive = derive(site);
    var resumed =
        new Restart(around.journal(), site, rules, derive, state, silence, clock.now()).resume();
    desk.observe(memory, shown(site, state, around), clock.now(), begun);
    desk.recall(memory, resumed.desk(), resumed.bridge(), clock.now(), begun);
    desk.order(memory, resumed.orders(), clock.now(), begun);
    control =
        new Control(
            new Decision.Rooms(
                derive, rules.engine(), rules.recollection(), rules.programmes(), desk),
            new Decision.Sides(stamp, silence, state, outlets),
            new Control.Stations(intake, recent, writer, live, around.heard(), progress),
            new Control.Begun(memory, begun, around.journal().found(), resumed),
            clock);
    // Platform threads: SQLite goes native, and control must not wait for a carrier.
    controlling = Thread.ofPlatform().name("control").unstarted(control);
    writing = Thread.ofPlatform().name("writer").unstarted(writer);
  }

  public void start() {
    writing.start();
    controlling.start();
  }

  /** What its threads do, for who steps them himself: not started, or not at all. */
  Steps steps() {
    return new Steps(intake, control, writer);
  }

  /** The parts that threads move. */
  record Steps(Intake intake, Control control, Writer writer) {}

  /** The intake as one bus sees it. */
  public Inlet doorway(String bus) {
    return new Doorway(bus, intake);
  }

  /** The site as control last left it. */
  public SiteView view() {
    return live;
  }

  /**
   * How full the way is.
   *
   * @param waiting arrivals that wait for control
   * @param refused deliveries for which there was no room, since the start
   * @param committing how long all commits took together, those that were refused as well
   * @param longest how long the longest of them took
   * @param evaluations how often a rule was asked of an asset, since the start
   */
  public record Flow(
      int waiting, long refused, Duration committing, Duration longest, long evaluations) {}

  public Flow flow() {
    return new Flow(
        intake.depth(),
        intake.refused() + writer.refused(),
        writer.committing(),
        writer.longest(),
        control.evaluations());
  }

  /** That control and the writer get on; a disk that refuses is told, and no hang. */
  public List<Sign> signs() {
    return List.of(
        Sign.of("control", control.turns()), new Sign("writer", writer.steps(), refusing()));
  }

  /** Why the journal takes nothing at present; empty while it does. */
  public String refusing() {
    var refusing = writer.refusing();
    return refusing == null ? "" : refusing;
  }

  @Override
  public void arrive(Command command) {
    if (!intake.offer(new Arrival.Asked(command))) {
      var busy = new Outcome.Rejected("busy");
      progress.ended(new Event.Result(clock.now(), command.id(), busy));
    }
  }

  @Override
  public void tell(Event.Gap gap, Runnable kept) {
    intake.report(new Arrival.Missing(gap, kept));
  }

  /** Takes a fact that no rule judges; it goes up as an event, thinned. */
  public void arrive(Event.Health health) {
    intake.report(
        new Arrival.Refused(health.what(), health.subject(), String.join("; ", health.detail())));
  }

  /** Takes what was seen of the cabinet itself, by the names of its points. */
  public void arrive(List<Sample> seen) {
    var now = clock.now();
    var readings = new ArrayList<Reading>();
    for (var sample : seen) {
      var point = cabinet.point(sample.quantity());
      var reading = point == null ? null : Screen.read(sample, point, now);
      if (reading != null) {
        readings.add(reading);
      }
    }
    intake.report(new Arrival.Inspected(readings));
  }

  /**
   * Takes what was learned of an asset on the spot: it is so from the next turn on.
   *
   * @param site with it; but for settings that were measured it is the one that runs
   */
  public void learn(Event.Commission learned, SiteConfig site) {
    intake.tell(new Arrival.Learned(learned, derive(site)));
  }

  /** Tells what was found of an asset where nothing of it changes. */
  public void tell(Event.Commission found) {
    intake.tell(new Arrival.Noted(found));
  }

  /** Takes what people did that no command stands for: who came and went. */
  public void arrive(Event.Audit done) {
    intake.tell(new Arrival.Noted(done));
  }

  /** Takes a change of the wall clock; programmes go by the new time at once. */
  public void arrive(Event.Clock change) {
    intake.tell(new Arrival.Turned(change));
  }

  /**
   * Orders of every output what is safe while nobody is there, and then nothing more. To be called
   * while the drivers are still open; waits at most two seconds.
   *
   * @param goingOn buses that another gateway has in a moment: what they move stays as it is
   */
  public void rest(Set<String> goingOn) throws InterruptedException {
    var safe = new CountDownLatch(1);
    intake.tell(new Arrival.Leaving(goingOn, safe::countDown));
    if (!safe.await(MAKES_SAFE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("outputs: not made safe in {} s", MAKES_SAFE.toSeconds());
    }
  }

  /**
   * Takes nothing more, decides what was taken, commits what was decided.
   *
   * @return whether it did; if not, a thread of it still has the journal
   */
  public boolean stop() throws InterruptedException {
    control.stop();
    boolean decided = controlling.join(LAST_TURN);
    writer.stop();
    return writing.join(LAST_COMMIT) && decided;
  }

  /** What the devices that went on have shown last, as far as it may be believed. */
  private static List<Reading> shown(SiteConfig site, State state, Around around) {
    var shown = new ArrayList<Reading>();
    for (var device : site.devices()) {
      if (around.goingOn().contains(device.bus())) {
        for (var point : device.asset().points()) {
          var seen = state.seen(point);
          if (seen.last() != null
              && device.tells(point.name())
              && seen.state(around.clock().now()).compareTo(DataState.UNCERTAIN) >= 0) {
            shown.add(seen.last());
          }
        }
      }
    }
    return shown;
  }

  private static Derive derive(SiteConfig site) {
    var bound = new HashMap<PointId, Instant>();
    for (var device : site.devices()) {
      if (device.bound() != null) {
        for (var point : device.asset().points()) {
          if (device.tells(point.name())) {
            bound.put(point.id(), device.bound());
          }
        }
      }
    }
    return new Derive(site.assets(), bound);
  }

  /** An outcome is told once it is durable. */
  private static void tellResults(Batch batch, ProgressListener progress) {
    for (var event : batch.events()) {
      if (event instanceof Event.Result result) {
        progress.ended(result);
      }
    }
  }

  private static Recent recent(SiteConfig site, Around around) {
    Map<String, Point> points = new HashMap<>();
    for (var asset : site.assets()) {
      asset.points().forEach(point -> points.put(point.id().toString(), point));
    }
    var recent = new Recent(around.journal()::knows);
    var now = around.clock().now();
    for (var told : around.journal().recent(Recent.AGE, Recent.MOST)) {
      var point = points.get(told.point());
      if (point != null) {
        recent.note(point.index(), told.at().toEpochMilli(), told.value(), now);
      }
    }
    return recent;
  }

  private static List<Known> known(Journal journal) {
    return journal.commands(Desk.VERIFY).stream().map(Writer::known).toList();
  }
}
