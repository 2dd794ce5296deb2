package org.kerbside.gateway.page;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.page.Editions.Copy;
import org.kerbside.gateway.page.Editions.Edition;

/**
 * The status page: its screens, what changes on them at {@code /events}, life at {@code /healthz},
 * readiness at {@code /readyz}, the gateway's own numbers for the neighbourhood at {@code
 * /metrics}, a point's past below {@code /api/v1}. At most 64 connections, headers of 8 KB, 30 s
 * idle; requests run on virtual threads.
 */
public final class PageServer implements AutoCloseable {

  private static final int HEADERS = 8 * 1024; // bytes
  private static final int BODY = 64 * 1024; // bytes
  private static final long IDLE = 30_000; // ms

  private static final List<String> SCREENS =
      List.of("/", "/a/{asset}", "/alarms", "/work", "/gateway", "/kiosk", "/public");

  static final Shipped STYLE = Shipped.load("style.css");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' "
          + STYLE.source()
          + "; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final InetSocketAddress address;
  private final SiteView view;
  private final Shown shown;
  private final PageSettings settings;
  private final Editions editions;
  private final Templates templates = new Templates();
  private final Feeds feeds = new Feeds();
  private final Crowd crowd = new Crowd();
  private final Tally tally = new Tally();
  private final Portal portal;
  private final Gate gate;
  private final Spoken spoken;
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
  private final Readiness readiness;
  private final String boot = UUID.randomUUID().toString().substring(0, 8);
  private final Javalin javalin;

  /** For what asks a disk: a native call would hold a core's virtual threads. Starts when used. */
  private final ExecutorService asking =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("page-disk").daemon().factory());

  /** An address with port 0 takes any free one; {@link #port} tells which. */
  public PageServer(InetSocketAddress address, Shown shown, PageSettings settings, Access access) {
    this.address = address;
    this.shown = shown;
    this.view = shown.view();
    this.settings = settings;
    this.editions = new Editions(view, new Screens(shown, settings.hotline(), asking));
    var site = view.site();
    var doorkeeper = new Doorkeeper(access, site.zone(), this::isWorking);
    this.gate = new Gate(doorkeeper, address.getHostString());
    this.portal = new Portal(settings.point(), access.clock()::nanos);
    this.spoken = new Spoken(settings.language());
    var sheets = new Sheets(gate, templates, site, settings.hotline(), STYLE.text(), spoken);
    this.loginPages = new LoginPages(sheets, doorkeeper, tally);
    var attendance = new Attendance(view, access.button());
    this.deedPages = new DeedPages(sheets, shown, attendance);
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
                new SiteApi(shown, asking, context -> reader(gate.who(context)))
                    .endpoints().stream(),
                new CommandApi(gate, shown, attendance).endpoints().stream())
            .toList();
    this.readiness = new Readiness(shown.checkup());
    this.javalin = Javalin.create(this::configure);
  }

  /** As {@link #PageServer(InetSocketAddress, Shown, PageSettings, Access)}; nobody is let in. */
  public PageServer(InetSocketAddress address, Shown shown, PageSettings settings) {
    this(address, shown, settings, Access.closed());
  }

  /** Serves from now on. */
  public void start() throws PageException {
    start(javalin, address);
  }

  static void start(Javalin javalin, InetSocketAddress address) throws PageException {
    if (address.isUnresolved()) {
      throw new PageException(
          "page: '%s' is no address of this machine; choose another with --page ADDRESS:PORT"
              .formatted(address.getHostString()),
          null);
    }
    try {
      javalin.start();
    } catch (JavalinBindException taken) {
      throw new PageException(
          "page: %s:%d cannot be listened on: %s; choose another with --page ADDRESS:PORT"
              .formatted(address.getHostString(), address.getPort(), reason(taken)),
          taken);
    }
  }

  /** Where it listens. */
  public int port() {
    return javalin.port();
  }

  /** Says goodbye to the open pages and stops; takes less than half a second. */
  @Override
  public void close() {
    feeds.close();
    scan.close();
    javalin.stop();
    asking.shutdown();
    readiness.close();
  }

  /** What every page of ours has: its limits, and nothing said of what serves it. */
  static void limit(JavalinConfig config, InetSocketAddress address, Crowd crowd) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.jetty.modifyHttpConfiguration(PageServer::limit);
    config.jetty.modifyServletContextHandler(PageServer::limit);
    config.jetty.multipartConfig.maxFileSize(ScanPages.LARGEST, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(ScanPages.LARGEST, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxInMemoryFileSize(BODY, SizeUnit.BYTES);
    config.jetty.addConnector((server, http) -> connector(server, http, address, crowd));
  }

  private void configure(JavalinConfig config) {
    limit(config, address, crowd);
    config.routes.before(this::guard);
    config.requestLogger.http((context, _) -> tally.answered(context.statusCode()));
    for (var path : SCREENS) {
      config.routes.get(path, this::screen);
    }
    config.routes.exception(Refusal.class, this::refused);
    config.routes.exception(Problem.class, PageServer::told);
    config.routes.exception(HttpException.RuntimeException.class, PageServer::tooLarge);
    config.routes.exception(IOException.class, PageServer::gone);
    config.routes.get("/login", loginPages::show);
    config.routes.get("/logout", loginPages::show);
    config.routes.post("/login", loginPages::login);
    config.routes.post("/logout", loginPages::logout);
    config.routes.get("/label", labelPages::show);
    config.routes.get("/label.svg", labelPages::file);
    config.routes.post("/captive/stay", this::stay);
    config.routes.get("/events", this::events);
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

  /** As a number, so that what is bound is what was meant. */
  private static String host(InetSocketAddress address) {
    var resolved = address.getAddress();
    return resolved == null ? address.getHostString() : resolved.getHostAddress();
  }

  static void limit(HttpConfiguration http) {
    http.setRequestHeaderSize(HEADERS);
    http.setSendServerVersion(false);
  }

  static Connector connector(
      Server server, HttpConfiguration http, InetSocketAddress address, Crowd crowd) {
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host(address));
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE);
    connector.setShutdownIdleTimeout(100);
    connector.addBean(crowd);
    server.setStopTimeout(0);
    return connector;
  }

  static void limit(ServletContextHandler servlets) {
    servlets.insertHandler(new SmallBodies(BODY, "/scan/label"));
    servlets.insertHandler(new SizeLimitHandler(ScanPages.MOST_SENT, -1));
  }

  private void guard(Context context) throws Refusal {
    crowd.asks(context.req());
    protect(context);
    if (!Hosts.isOurs(context.header("Host"), address.getHostString())) {
      portal.greet(context);
      context.skipRemainingHandlers();
    }
  }

  /** The headers of every answer: nothing from elsewhere, and nothing kept. */
  static void protect(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "same-origin");
    context.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    context.header("Cache-Control", "no-store");
  }

  /** A phone that the access point's DNS led here stays, though there is no Internet. */
  private void stay(Context context) throws Refusal {
    gate.fromOurPage(context);
    portal.stays(context.req().getRemoteAddr());
    context.redirect("/", HttpStatus.SEE_OTHER);
  }

  private void screen(Context context) {
    long begun = System.nanoTime();
    var route = Route.of(address(context));
    var copy =
        route == null ? null : new Copy(route, spoken.language(context), reader(gate.who(context)));
    var edition = copy == null ? null : editions.fresh(copy);
    if (copy == null || edition == null) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    Spoken.remember(context);
    context.html(templates.page(page(context, copy, edition)));
    tally.rendered(Duration.ofNanos(System.nanoTime() - begun));
  }

  private static Reader reader(@Nullable Session session) {
    return session != null && session.role().covers(Role.CREW) ? Reader.CREW : Reader.VIEWER;
  }

  private Page page(Context context, Copy copy, Edition edition) {
    var words = Words.in(copy.language());
    var times = new Times(view.site().zone(), view.overview().now());
    return new Page(
        words,
        view.site(),
        settings.origin(),
        copy.route().path(),
        edition.screen(),
        boot + "." + edition.number(),
        times.clock(),
        clockNote(times.now().clock(), words),
        deedPages.notice(context.queryParam("told"), words),
        context.queryParam(Portal.OPENED) == null ? "" : portal.address(context),
        STYLE.text(),
        Files.LIVE.path(),
        refresh(context, copy.route()));
  }

  /** Where somebody may be typing or choosing, nothing is taken away from under his fingers. */
  private static Page.Refresh refresh(Context context, Route route) {
    return switch (route) {
      case Route.Site _, Route.Alarms _, Route.Kiosk _, Route.Public _ ->
          context.queryParam("still") == null ? Page.Refresh.EVERY_10_S : Page.Refresh.STOPPED;
      case Route.Asset _, Route.Work _, Route.Gateway _ -> Page.Refresh.NEVER;
    };
  }

  private static String address(Context context) {
    var query = context.queryString();
    return query == null ? context.path() : context.path() + "?" + query;
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

  private static String clockNote(ClockQuality quality, Words words) {
    return switch (quality) {
      case SYNC -> "";
      case HOLD -> words.say("clock.hold");
      case NONE -> words.say("clock.none");
    };
  }

  private void events(Context context) throws IOException {
    var asked = context.queryParam("page");
    var route = Route.of(asked == null ? "/" : asked);
    var session = gate.who(context);
    var copy = route == null ? null : new Copy(route, spoken.language(context), reader(session));
    if (copy == null || editions.paced(copy) == null) {
      context.status(HttpStatus.NOT_FOUND);
      return;
    }
    var response = context.res();
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    // Read as a crew's, it ends with the session: to watch is not to use one.
    BooleanSupplier mayGoOn = () -> session == null || gate.isIn(session);
    var feed = new Feed(view, editions, templates, copy, boot, mayGoOn);
    crowd.streams(context.req());
    feeds.add(feed);
    try {
      // The raw stream: the context's would compress, and so hold back what is a few bytes long.
      feed.run(response.getOutputStream(), known(context, copy));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      // A page that was closed is no news.
    } finally {
      feeds.remove(feed);
    }
  }

  private @Nullable Edition known(Context context, Copy copy) {
    var last = context.header("Last-Event-ID");
    var rev = last == null ? context.queryParam("rev") : last;
    if (rev == null || !rev.startsWith(boot + ".")) {
      return null;
    }
    try {
      return editions.kept(copy, Long.parseLong(rev.substring(boot.length() + 1)));
    } catch (NumberFormatException notOurs) {
      return null;
    }
  }

  private static void file(Context context, Files.Served file) {
    // Its name changes with its content.
    context.header("Cache-Control", "public, max-age=31536000, immutable");
    context.contentType(file.type()).result(file.text());
  }

  /** Jetty's own refusals: a body that turned out to be too large while it was read. */
  private static void tooLarge(HttpException.RuntimeException refusal, Context context) {
    context.status(refusal.getCode());
  }

  /** Who left in the middle of his own request hears nothing, and nobody else does. */
  private static void gone(IOException left, Context context) {
    context.status(HttpStatus.BAD_REQUEST);
  }

  private static void told(Problem problem, Context context) {
    context.status(problem.status()).result(problem.json()).contentType(Problem.TYPE);
  }

  private void refused(Refusal refusal, Context context) {
    if (context.path().startsWith("/api/")) {
      told(Problem.of(refusal, spoken.words(context)), context);
    } else {
      loginPages.refused(refusal, context);
    }
  }

  /** Whether that worker has maintenance mode on, anywhere on the site. */
  private boolean isWorking(Session session) {
    return view.overview().works().values().stream().anyMatch(act -> act.by().equals(session.by()));
  }

  private static String reason(JavalinBindException taken) {
    var cause = taken.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    var message = cause == null ? taken.getMessage() : cause.getMessage();
    return message == null ? "address in use" : message.toLowerCase(Locale.ROOT);
  }
}
