package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.AccessConfig;
import org.kerbside.config.Revisions;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.app.Diary;
import org.kerbside.gateway.app.Errands;
import org.kerbside.gateway.app.Inspection;
import org.kerbside.gateway.app.JournalRecords;
import org.kerbside.gateway.app.Lately;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.app.Sign;
import org.kerbside.gateway.app.flow.Integrations;
import org.kerbside.gateway.app.flow.Routes;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.journal.RollUps;
import org.kerbside.gateway.journal.Wear;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.RuleCard;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.page.Attendance;
import org.kerbside.gateway.page.Exposition;
import org.kerbside.gateway.page.Language;
import org.kerbside.gateway.page.PageException;
import org.kerbside.gateway.page.PageServer;
import org.kerbside.gateway.page.PageSettings;
import org.kerbside.gateway.page.Shown;
import org.kerbside.gateway.uplink.Description;
import org.kerbside.gateway.uplink.Doors;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.gateway.uplink.Signing;
import org.kerbside.gateway.uplink.Uplink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site that runs: every adapter, made once and here. Starts from the city's end to the street's,
 * so that the first reading finds its whole way; stops the other way round.
 */
public final class Gateway implements Served {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** The cities' common service number, at every foot of the page. */
  static final String HOTLINE = "12345";

  private final Plan plan;
  private final Journal journal;
  private final Routes routes;
  private final Integrations integrations;
  private final Pipeline pipeline;
  private final Uplink uplink;
  private final RollUps history;
  private final Wear wear;
  private final Metrics metrics;
  private final Errands errands;
  private final Diary diary;
  private final Lately lately;
  private final Button button;
  private final Nameplate nameplate;
  private final Inspection inspection;
  private final Field field;
  private final List<AutoCloseable> doors = new ArrayList<>(); // the page, once open
  private final Running running;
  private final Language language;
  private final AccessConfig access;
  private final Origin origin;
  private final Commissioning commissioning;
  private final Guard guard;
  private final Reloading reloading;
  private final Pushing pushing;
  private final LongAdder withheld = new LongAdder();

  private Gateway(Plan plan, Running running, Journal journal, Turn.Again again, Heir heir) {
    this.plan = plan;
    var config = plan.config();
    this.running = running;
    field = Field.of(plan, running, heir);
    language = config.language().startsWith("zh") ? Language.ZH : Language.EN;
    origin = config.origin();
    access = config.access();
    this.journal = journal;
    routes = new Routes(running.events());
    integrations = new Integrations(plan.integrations(), told(config.site().id())::told);
    history = new RollUps(running.data(), config.journal().history(), running.clock());
    wear = new Wear(running.data(), config.site().zone(), config.journal().endurance());
    diary = new Diary(running.data(), config.assets(), running.clock());
    lately = new Lately(diary, running.clock());
    button = new Button(field.devices(), running.clock());
    var tally =
        new CommitTally(
            speakers(config), plan.rules().cards().stream().map(RuleCard::name).toList());
    var records = records(config, running.clock());
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
                batch -> {
                  routes.accept(batch);
                  integrations.accept(batch.events());
                  announced(batch.events());
                  history.hear(batch.readings());
                  wear.note(running.clock().now());
                  tally.count(batch);
                  lately.hear(batch.events());
                  if (records != null) {
                    records.hear(batch.events());
                  }
                },
                running.clock()));
    commissioning = new Commissioning(plan, running.data(), running.clock(), pipeline, again);
    var revisions = Revisions.in(running.data());
    reloading = new Reloading(commissioning, revisions, running.clock(), pipeline);
    pushing =
        new Pushing(
            config.uplink().want(), commissioning, reloading, running.data(), running.clock());
    guard = new Guard(commissioning, pushing, revisions, journal, pipeline, running.clock());
    var link = CityEnd.link(config, running.data());
    uplink =
        new Uplink(
            config.site(),
            link,
            new Description(
                House.VERSION,
                plan.revision(),
                config.assets(),
                plan.rules().cards(),
                config.uplink().ack(),
                origin),
            new Doors(
                journal,
                pipeline.view(),
                pipeline,
                pipeline,
                pipeline::arrive,
                new Signing(CityEnd.seals(config), pushing, pipeline::arrive)),
            new SecureRandom(),
            running.clock());
    errands = new Errands(pipeline, running.clock());
    answering.by(uplink, errands);
    var renewal = renewal(config);
    inspection =
        new Inspection(
            new Inspection.Sights(
                running.data(),
                () -> uplink.view().waiting(),
                renewal == null ? () -> null : renewal),
            running.clock(),
            pipeline::arrive);
    uplink.reception().whenHeard(inspection::look);
    metrics =
        new Metrics(
            journal,
            pipeline,
            uplink,
            wear,
            running.clock(),
            tally,
            new BusMetrics(field.drivers(), field.devices()),
            new Metrics.Around(
                running.data(),
                configuration(plan),
                withheld,
                integrations::standings,
                () -> renewal == null ? null : renewal.end()));
    nameplate =
        new Nameplate(
            pipeline.view(),
            journal,
            config.journal().quota(),
            wear,
            running.clock(),
            driversOf(config),
            field.devices(),
            plan.revision(),
            commissioning::of,
            integrations::standings);
  }

  /**
   * Opens the journal and makes the rest; nothing runs yet.
   *
   * @param again hears of a plan that the gateway is to be stopped for, and made anew
   */
  public static Gateway of(Plan plan, Running running, Turn.Again again) throws CommandException {
    return of(plan, running, again, Heir.nobody());
  }

  /** As the other, with the buses that go on. */
  static Gateway of(Plan plan, Running running, Turn.Again again, Heir heir)
      throws CommandException {
    var site = plan.config().site();
    var wire = new JsonWire(site.id(), Boot.name(), plan.config().uplink().compress());
    try {
      var journal =
          Journal.open(running.data(), site.id(), wire, quota(plan.config()), running.clock());
      return new Gateway(plan, running, journal, again, heir);
    } catch (JournalException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          String.valueOf(e.getMessage()),
          "see that %s can be written and is not full".formatted(running.data()));
    }
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

  /** Starts everything; the page last, because the first reading does not wait for it. */
  @Override
  public void start() throws CommandException, InterruptedException {
    routes.start();
    integrations.start();
    uplink.start();
    pipeline.start();
    history.start();
    Thread.ofPlatform().name("lately").daemon().start(lately::recall);
    field.open(pipeline);
    openPage();
    running.clock().start(this::tellOfClock);
    inspection.start();
    guard.watch();
    new FirstWords(pipeline::arrive, running.clock()).say();
  }

  /** Of its configuration. */
  long revision() {
    return plan.revision();
  }

  /** Where the city's configuration comes in. */
  Pushing pushing() {
    return pushing;
  }

  /** Who watches the revision that runs. */
  Guard guard() {
    return guard;
  }

  /** On the writer's thread: the events are committed, and these are the last. */
  private void announced(List<Event> events) {
    guard.committed(events, journal.last(Stream.EVENTS));
  }

  /**
   * Tells the city what somebody did to the gateway's configuration.
   *
   * @param by who: {@code unix:root}
   */
  void tell(String subject, String by, String reason) {
    var at = running.clock().now();
    pipeline.arrive(
        new Event.Audit(at, "configuration", subject, new Act(Issuer.CREW, by, reason, at, null)));
  }

  @Override
  public Requests requests() {
    var status =
        new Status(plan, pipeline.view(), journal, wear, running.clock(), integrations::standings);
    var answers = new LinkedHashMap<>(status.answers());
    answers.putAll(new AlarmList(pipeline.view()).answers());
    answers.put(
        ControlServer.request("buses", Format.TEXT),
        () -> Roster.text(field.devices(), pipeline.view().overview()));
    answers.put(ControlServer.request("refusing", Format.TEXT), pipeline::refusing);
    answers.put(ControlServer.request("metrics", Format.TEXT), () -> Exposition.of(metrics.get()));
    answers.put(Identifying.LOOK, this::lookAtCertificate);
    var deeds = new LinkedHashMap<>(reloading.deeds());
    deeds.putAll(
        new Commanding(errands, pipeline.view(), new Attendance(pipeline.view(), button)).deeds());
    deeds.putAll(commissioning.deeds());
    deeds.putAll(field.simulating().deeds());
    return new Requests(answers, about(), deeds);
  }

  private String lookAtCertificate() {
    inspection.look();
    return "looks";
  }

  private Map<String, Requests.About> about() {
    var about = new LinkedHashMap<>(new Chain(pipeline.view()).answers());
    about.putAll(field.looking().answers());
    about.putAll(commissioning.answers());
    return about;
  }

  /** Control first, then the writer, the uplink and every bus that can tell. */
  @Override
  public List<Sign> signs() {
    var signs = new ArrayList<>(pipeline.signs());
    signs.add(Sign.of("uplink", uplink.steps()));
    signs.addAll(field.signs());
    return signs;
  }

  @Override
  public String status() {
    var view = uplink.view();
    return "uplink %s, %d frames wait".formatted(Status.word(view.state()), view.waiting());
  }

  @Override
  public Greeting greeting() {
    return new Greeting("ready", "%d assets".formatted(plan.config().assets().size()));
  }

  @Override
  public String farewell() {
    var view = uplink.view();
    return "%d frames sent, %d waiting".formatted(view.sent(), view.waiting());
  }

  @Override
  public void withheld() {
    withheld.increment();
  }

  public SiteView view() {
    return pipeline.view();
  }

  /**
   * Outputs safe, then drivers but those that go on, intake, rules, journal, uplink: in this order,
   * within ten seconds. What does not close is told and keeps nothing else from closing.
   */
  @Override
  public void stop(Heir heir) throws InterruptedException, IOException {
    running.clock().close();
    inspection.close();
    doors.reversed().forEach(Gateway::close);
    close(guard);
    var goOn = field.goOn(plan, heir);
    pipeline.rest(goOn);
    field.end(goOn, heir);
    boolean isIdle = pipeline.stop();
    close(routes);
    close(integrations);
    close(uplink);
    close(history);
    close(diary);
    wear.save(running.clock().now());
    if (isIdle) {
      journal.close();
    } else {
      // The writer is inside a commit: the journal opens again as after a kill.
      LOG.warn("journal: the disk does not answer, left as it is");
    }
  }

  /** As the other, where nobody comes after. */
  public void stop() throws InterruptedException, IOException {
    stop(Heir.nobody());
  }

  private void tellOfClock(Event.Clock change) {
    pipeline.arrive(change);
    inspection.look();
  }

  private void openPage() throws CommandException {
    if (running.page() == null) {
      return;
    }
    try {
      var settings =
          new PageSettings(
              language, HOTLINE, origin, Labelling.point(plan.config().site(), access));
      var page =
          new PageServer(
              running.page(),
              new Shown(
                  pipeline.view(),
                  history,
                  metrics,
                  lately,
                  nameplate,
                  Doctor.of(running.data(), plan.source()),
                  errands,
                  new Fitters(commissioning, field.looking(), pipeline, running.clock()),
                  new Winding(running.clock(), this::tellOfClock, pipeline::arrive)),
              settings,
              running.codes().access(access, button, pipeline));
      page.start();
      doors.add(page);
    } catch (PageException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN, String.valueOf(e.getMessage()), "choose another by --page");
    }
  }

  static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (Exception stuck) {
      LOG.warn("{} does not close", part.getClass().getSimpleName(), stuck);
    }
  }

  private static Metrics.Configuration configuration(Plan plan) {
    var revision = plan.source().revision();
    boolean isPushed = revision != null && revision.isPushed();
    return new Metrics.Configuration(plan.revision(), isPushed ? "city" : "files");
  }

  /** Whose driver speaks for each point, by the point's index. */
  private static List<String> speakers(SiteConfig config) {
    var drivers = driversOf(config);
    var devices = config.devices().stream().collect(Collectors.groupingBy(it -> it.asset().id()));
    var speakers = new ArrayList<String>();
    for (var asset : config.assets()) {
      for (var point : asset.points()) {
        speakers.add(
            devices.getOrDefault(asset.id(), List.of()).stream()
                .filter(device -> device.tells(point.name()))
                .map(device -> drivers.getOrDefault(device.bus(), CommitTally.OURSELVES))
                .findFirst()
                .orElse(CommitTally.OURSELVES));
      }
    }
    return speakers;
  }

  private static Map<String, String> driversOf(SiteConfig config) {
    var names = new LinkedHashMap<String, String>();
    config.buses().forEach(bus -> names.put(bus.name().text(), bus.driver().text()));
    return names;
  }

  /** Null where the process is no service. */
  private static @Nullable JournalRecords records(SiteConfig config, Clock clock) {
    var discreet =
        config.assets().stream()
            .filter(asset -> asset.kind().tellsOfPeople())
            .map(Asset::id)
            .collect(Collectors.toSet());
    return JournalRecords.of(System.getenv(), driversOf(config).keySet(), discreet, clock);
  }

  /** Null where the site shows no certificate. */
  private @Nullable Renewal renewal(SiteConfig config) {
    return switch (config.uplink().identity()) {
      case Identity.Anonymous none -> null;
      case Identity.Password spoken -> null;
      case Identity.Certificate shown ->
          new Renewal(
              Identifying.folder(running.data()),
              config.site().id(),
              running.clock(),
              uplink.reception(),
              uplink::renew,
              pipeline::arrive);
    };
  }
}
