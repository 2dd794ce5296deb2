package org.kerbside.gateway.page;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.kerbside.gateway.model.Checkup;
import org.kerbside.gateway.model.Site;

/**
 * The page where no site runs: every address of a screen tells what is wrong with the files, with
 * status 503. The process lives, says {@code /healthz}, and {@code /readyz} says that it is not
 * ready. It reads nothing that is sent to it, and knows nobody. Limits as the usual page's.
 */
public final class SafePage implements AutoCloseable {

  /** One mistake in the files, as people are told it. */
  public record Trouble(String place, String problem, String help) {}

  /** What it tells, asked for with each request. */
  public record Told(Site site, List<Trouble> troubles) {

    public Told {
      troubles = List.copyOf(troubles);
    }
  }

  private final InetSocketAddress address;
  private final String hotline;
  private final Supplier<Told> told;
  private final Readiness readiness;
  private final Templates templates = new Templates();
  private final Spoken spoken = new Spoken(Language.ZH);
  private final Crowd crowd = new Crowd();
  private final Doorstep doorstep;
  private final Javalin javalin;

  /**
   * @param hotline the number at the foot
   * @param checkup for {@code /readyz}
   */
  public SafePage(InetSocketAddress address, String hotline, Checkup checkup, Supplier<Told> told) {
    this.address = address;
    this.hotline = hotline;
    this.told = told;
    this.doorstep =
        new Doorstep(
            address.getHostString(),
            crowd,
            new Portal(null, System::nanoTime)); // which access point, who knows
    this.readiness = new Readiness(checkup);
    this.javalin = Javalin.create(this::configure);
  }

  /** Serves from now on. */
  public void start() throws PageException {
    Listening.start(javalin, address);
  }

  /** Where it listens. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    Listening.stop(javalin);
    readiness.close();
  }

  private void configure(JavalinConfig config) {
    Listening.limit(config, address, crowd);
    config.routes.before(doorstep::pass);
    config.routes.exception(
        Refusal.class, (refusal, context) -> context.status(refusal.why().status()));
    config.routes.get("/healthz", context -> context.result("ok\n"));
    config.routes.get("/readyz", readiness::tell);
    config.routes.get(
        Files.AGAIN.path(),
        context -> context.contentType(Files.AGAIN.type()).result(Files.AGAIN.text()));
    var manual = new Manual(templates, spoken, hotline, () -> told.get().site());
    config.routes.get(Manual.PATH, manual::show);
    config.routes.get(Manual.PATH + "/<page>", manual::show);
    config.routes.get("/*", this::screen);
  }

  private void screen(Context context) {
    var now = told.get();
    var words = spoken.words(context);
    Spoken.remember(context);
    var sheet =
        new Sheet(
            words,
            now.site(),
            words.say("safe.title"),
            "/",
            words.say("help.line", hotline),
            Shipped.STYLE.text(),
            Sheet.Waiting.FOR_THE_STREET); // Once a site runs, it is the site's page.
    context
        .status(HttpStatus.SERVICE_UNAVAILABLE)
        .html(templates.safe(new Safe(sheet, now.troubles())));
  }
}
