package org.kerbside.gateway.app.wiring;

import java.util.HashSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Revisions;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.app.Batch;
import org.kerbside.gateway.app.Diary;
import org.kerbside.gateway.app.Errands;
import org.kerbside.gateway.app.Inspection;
import org.kerbside.gateway.app.JournalRecords;
import org.kerbside.gateway.app.Lately;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.app.flow.Integrations;
import org.kerbside.gateway.app.flow.Routes;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.journal.RollUps;
import org.kerbside.gateway.journal.Wear;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.RuleCard;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.uplink.Doors;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.gateway.uplink.Signing;
import org.kerbside.gateway.uplink.Uplink;

/**
 * What the gateway of a site is made of: every adapter, each made once and here, in the order in
 * which one is handed to the next. Nothing of it runs: {@link Gateway} says when each begins and
 * ends, {@link GatewayPage} what the page shows of them, {@link GatewayRequests} what they can be
 * asked.
 */
final class Rooms {

  final Plan plan;
  final Running running;

  // The way of a reading.
  final Field field;
  final Journal journal;
  final Pipeline pipeline;
  final Uplink uplink;

  // Where a committed batch goes besides.
  final Routes routes;
  final Integrations integrations;
  final RollUps history;
  final Wear wear;
  final Diary diary;
  final Lately lately;
  private final CommitTally tally;
  private final @Nullable JournalRecords records;

  // The people on the spot.
  final Button button;
  final Errands errands;

  // How the configuration becomes another.
  final Commissioning commissioning;
  final Reloading reloading;
  final Pushing pushing;
  final Guard guard;

  // What the gateway knows of itself.
  final Inspection inspection;
  final Metrics metrics;
  final Nameplate nameplate;
  final LongAdder withheld = new LongAdder(); // beats

  private Rooms(Plan plan, Running running, Journal journal, Turn.Again again, Heir heir) {
    this.plan = plan;
    this.running = running;
    this.journal = journal;
    var config = plan.config();
    var data = running.data();
    var clock = running.clock();

    field = Field.of(plan, running, heir);
    routes = new Routes(running.events());
    integrations = new Integrations(plan.integrations(), told(config.site().id())::told);
    history = new RollUps(data, config.journal().history(), clock);
    wear = new Wear(data, config.site().zone(), config.journal().endurance());
    diary = new Diary(data, config.assets(), clock);
    lately = new Lately(diary, clock);
    button = new Button(field.devices(), clock);
    tally =
        new CommitTally(
            Speakers.byPoint(config), plan.rules().cards().stream().map(RuleCard::name).toList());
    records = records(config, clock);
    var answering = new Answering();
    pipeline =
        new Pipeline(
            config,
            plan.rules(),
            new Pipeline.Around(
                journal,
                field.outputs(),
                field.goingOn(),
                answering,
                answering,
                button::hear, // also while the journal refuses: then somebody comes to the cabinet
                this::committed,
                clock));
    commissioning = new Commissioning(plan, data, clock, pipeline, again);
    var revisions = Revisions.in(data);
    reloading = new Reloading(commissioning, revisions, clock, pipeline);
    pushing = new Pushing(config.uplink().want(), commissioning, reloading, data, clock);
    guard = new Guard(commissioning, pushing, revisions, journal, pipeline, clock);
    uplink =
        CityEnd.uplink(
            plan,
            running,
            new Doors(
                journal,
                pipeline.view(),
                pipeline,
                pipeline,
                pipeline::arrive,
                new Signing(CityEnd.seals(config), pushing, pipeline::arrive)));
    errands = new Errands(pipeline, clock);
    answering.by(uplink, errands);
    var renewal = CityEnd.renewal(config, running, uplink, pipeline);
    inspection =
        new Inspection(
            new Inspection.Sights(
                data, () -> uplink.view().waiting(), renewal == null ? () -> null : renewal),
            clock,
            pipeline::arrive);
    uplink.reception().whenHeard(inspection::look);
    metrics =
        new Metrics(
            ProcessMetrics.of(plan, withheld),
            new SiteMetrics(pipeline, clock, tally),
            new FlowMetrics(pipeline, journal, tally),
            new BusMetrics(field.drivers(), field.devices(), pipeline.view()),
            new BoardMetrics(data, () -> renewal == null ? null : renewal.end()),
            new JournalMetrics(journal, pipeline, wear, clock, tally),
            new CityMetrics(uplink, integrations::standings));
    nameplate =
        new Nameplate(
            pipeline.view(),
            journal,
            config.journal().quota(),
            wear,
            clock,
            Speakers.byBus(config),
            field.devices(),
            plan.revision(),
            commissioning::of,
            integrations::standings);
  }

  /** Opens the journal and makes the rest. */
  static Rooms of(Plan plan, Running running, Turn.Again again, Heir heir) throws CommandException {
    var site = plan.config().site();
    var wire = new JsonWire(site.id(), Boot.name(), plan.config().uplink().compress());
    try {
      var journal =
          Journal.open(running.data(), site.id(), wire, quota(plan.config()), running.clock());
      return new Rooms(plan, running, journal, again, heir);
    } catch (JournalException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          String.valueOf(e.getMessage()),
          "see that %s can be written and is not full".formatted(running.data()));
    }
  }

  /** On the writer's thread, of each batch once it is on the disk. */
  private void committed(Batch batch) {
    routes.accept(batch);
    integrations.accept(batch.events());
    guard.committed(batch.events(), journal.last(Stream.EVENTS)); // these are the last
    history.hear(batch.readings());
    wear.note(running.clock().now());
    tally.count(batch);
    lately.hear(batch.events());
    if (records != null) {
      records.hear(batch.events());
    }
  }

  /** The wall clock is another: programmes go by it at once, and certificates with it. */
  void tellOfClock(Event.Clock change) {
    pipeline.arrive(change);
    inspection.look();
  }

  /** Of its own: the journal's renders one frame at a time, and waits for nobody. */
  private static JsonWire told(String site) {
    return new JsonWire(site, Boot.name(), null);
  }

  private static Quota quota(SiteConfig config) {
    var counters = new HashSet<String>();
    for (var asset : config.assets()) {
      for (var point : asset.points()) {
        if (point.spec().type() == PointType.COUNTER) {
          counters.add(point.id().toString());
        }
      }
    }
    return new Quota(config.journal().quota(), counters);
  }

  /** Null where the process is no service. */
  private static @Nullable JournalRecords records(SiteConfig config, Clock clock) {
    var discreet =
        config.assets().stream()
            .filter(asset -> asset.kind().tellsOfPeople())
            .map(Asset::id)
            .collect(Collectors.toSet());
    return JournalRecords.of(System.getenv(), Speakers.byBus(config).keySet(), discreet, clock);
  }
}
