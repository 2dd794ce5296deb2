package org.kerbside.gateway.page;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.SiteView;

/**
 * The status page: its screens, what changes on them at {@code /events}, life at {@code /healthz},
 * readiness at {@code /readyz}, the gateway's own numbers for the neighbourhood at {@code
 * /metrics}, a point's past below {@code /api/v1}. At most 64 connections, headers of 8 KB, 30 s
 * idle; requests run on virtual threads.
 */
public final class PageServer implements AutoCloseable {

  private final InetSocketAddress address;
  private final SiteView view;
  private final Shown shown;
  private final Feeds feeds = new Feeds();
  private final Crowd crowd = new Crowd();
  private final Tally tally = new Tally();
  private final Portal portal;
  private final Gate gate;
  private final Doorstep doorstep;
  private final ScreenPages screenPages;
  private final StreamPages streamPages;
  private final LoginPages loginPages;
  private final DeedPages deedPages;
  private final CommissionPages commissionPages;
  private final Scan scan;
  private final ScanPages scanPages;
  private final NewcomerPages newcomerPages;
  private final SwapPages swapPages;
  private final ClockPages clockPages;
  private final LabelPages labelPages;
  private final Manual manual;
  private final List<Endpoint> api;
  private final Refusals refusals;
  private final Readiness readiness;
  private final Javalin javalin;

  /** For what asks a disk: a native call would hold a core's virtual threads. Starts when used. */
  private final ExecutorService asking =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("page-disk").daemon().factory());

  /** An address with port 0 takes any free one; {@link #port} tells which. */
  public PageServer(InetSocketAddress address, Shown shown, PageSettings settings, Access access) {
    this.address = address;
    this.shown = shown;
    this.view = shown.view();
    var site = view.site();
    var doorkeeper = new Doorkeeper(access, site.zone(), this::isWorking);
    this.gate = new Gate(doorkeeper, address.getHostString());
    this.portal = new Portal(settings.point(), access.clock()::nanos);
    this.doorstep = new Doorstep(address.getHostString(), crowd, portal);
    var spoken = new Spoken(settings.language());
    var templates = new Templates();
    var sheets =
        new Sheets(gate, templates, site, settings.hotline(), Shipped.STYLE.text(), spoken);
    this.loginPages = new LoginPages(sheets, doorkeeper, tally);
    var attendance = new Attendance(view, access.button());
    this.deedPages = new DeedPages(sheets, shown, attendance);
    var boot = UUID.randomUUID().toString().substring(0, 8);
    var editions = new Editions(view, new Screens(shown, settings.hotline(), asking), boot);
    this.screenPages =
        new ScreenPages(sheets, view, editions, settings.origin(), deedPages, portal, tally);
    this.streamPages = new StreamPages(sheets, view, editions, feeds, crowd);
    this.commissionPages = new CommissionPages(sheets, shown);
    this.scan = new Scan(shown.fitter());
    this.scanPages = new ScanPages(sheets, shown, scan);
    this.newcomerPages = new NewcomerPages(sheets, shown);
    this.swapPages = new SwapPages(sheets, shown);
    this.clockPages = new ClockPages(sheets, shown, access.clock()::nanos);
    this.labelPages = new LabelPages(sheets, settings.point(), settings.hotline());
    this.manual = new Manual(templates, spoken, settings.hotline(), view::site);
    this.api =
        Stream.concat(
                new SiteApi(shown, asking, context -> Reader.of(gate.who(context)))
                    .endpoints().stream(),
                new CommandApi(gate, shown, attendance).endpoints().stream())
            .toList();
    this.refusals = new Refusals(spoken, loginPages);
    this.readiness = new Readiness(shown.checkup());
    this.javalin = Javalin.create(this::configure);
  }

  /** As {@link #PageServer(InetSocketAddress, Shown, PageSettings, Access)}; nobody is let in. */
  public PageServer(InetSocketAddress address, Shown shown, PageSettings settings) {
    this(address, shown, settings, Access.closed());
  }

  /** Serves from now on. */
  public void start() throws PageException {
    Listening.start(javalin, address);
  }

  /** Where it listens. */
  public int port() {
    return javalin.port();
  }

  /** Says goodbye to the open pages and stops: in less than half a second as a rule. */
  @Override
  public void close() {
    feeds.close();
    scan.close();
    Listening.stop(javalin);
    asking.shutdown();
    readiness.close();
  }

  private void configure(JavalinConfig config) {
    Listening.limit(config, address, crowd);
    config.routes.before(doorstep::pass);
    config.requestLogger.http((context, _) -> tally.answered(context.statusCode()));
    refusals.tell(config);
    for (var path : ScreenPages.PATHS) {
      config.routes.get(path, screenPages::show);
    }
    config.routes.get("/events", streamPages::tell);
    config.routes.get("/login", loginPages::show);
    config.routes.get("/logout", loginPages::show);
    config.routes.post("/login", loginPages::login);
    config.routes.post("/logout", loginPages::logout);
    config.routes.get("/label", labelPages::show);
    config.routes.get("/label.svg", labelPages::file);
    config.routes.post("/captive/stay", this::stay);
    config.routes.get("/do/{deed}", deedPages::show);
    config.routes.post("/do/{deed}", deedPages::done);
    config.routes.get("/commission/{asset}", commissionPages::show);
    config.routes.post("/commission/{asset}", commissionPages::keep);
    config.routes.get("/commission/{asset}/now", commissionPages::now);
    config.routes.get("/scan", scanPages::show);
    config.routes.post("/scan", scanPages::begin);
    config.routes.post("/scan/label", scanPages::label);
    config.routes.get("/scan/at", newcomerPages::show);
    config.routes.get("/swap/{asset}", swapPages::show);
    config.routes.post("/swap/{asset}", swapPages::done);
    config.routes.get("/clock", clockPages::show);
    config.routes.post("/clock", clockPages::set);
    config.routes.get(Manual.PATH, manual::show);
    config.routes.get(Manual.PATH + "/<page>", manual::show);
    for (var endpoint : api) {
      config.routes.addHttpHandler(endpoint.method(), endpoint.path(), endpoint.handler());
    }
    config.routes.get(
        OpenApi.PATH, context -> context.result(OpenApi.of(api)).contentType(Json.TYPE));
    for (var file : Files.ALL) {
      config.routes.get(file.path(), context -> file(context, file));
    }
    config.routes.get("/healthz", context -> context.result("ok\n"));
    config.routes.get("/readyz", readiness::tell);
    config.routes.get("/metrics", this::metrics);
    config.routes.get("/favicon.ico", context -> context.status(HttpStatus.NO_CONTENT));
  }

  /** A phone that the access point's DNS led here stays, though there is no Internet. */
  private void stay(Context context) throws Refusal {
    gate.fromOurPage(context);
    portal.stays(context.req().getRemoteAddr());
    context.redirect("/", HttpStatus.SEE_OTHER);
  }

  private void metrics(Context context) {
    if (Neighbours.isNear(context.req().getRemoteAddr())) {
      context
          .result(CompletableFuture.supplyAsync(() -> Exposition.of(numbers()), asking).join())
          .contentType(Exposition.TYPE);
    } else {
      context.status(HttpStatus.FORBIDDEN);
    }
  }

  private List<Metric> numbers() {
    return Stream.concat(shown.metrics().get().stream(), tally.metrics(feeds.count()).stream())
        .toList();
  }

  private static void file(Context context, Files.Served file) {
    // Its name changes with its content.
    context.header("Cache-Control", "public, max-age=31536000, immutable");
    context.contentType(file.type()).result(file.text());
  }

  /** Whether that worker has maintenance mode on, anywhere on the site. */
  private boolean isWorking(Session session) {
    return view.overview().works().values().stream().anyMatch(act -> act.by().equals(session.by()));
  }
}
