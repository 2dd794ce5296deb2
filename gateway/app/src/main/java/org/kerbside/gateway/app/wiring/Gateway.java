package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.app.Sign;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Requests;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.SiteView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site that runs, of its {@link Rooms}. Starts from the city's end to the street's, so that the
 * first reading finds its whole way; stops the other way round.
 */
public final class Gateway implements Served {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Rooms rooms;
  private final List<AutoCloseable> doors = new ArrayList<>(); // the page, once open

  private Gateway(Rooms rooms) {
    this.rooms = rooms;
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
    return new Gateway(Rooms.of(plan, running, again, heir));
  }

  /** Starts everything; the page last, because the first reading does not wait for it. */
  @Override
  public void start() throws CommandException, InterruptedException {
    rooms.routes.start();
    rooms.integrations.start();
    rooms.uplink.start();
    rooms.pipeline.start();
    rooms.history.start();
    Thread.ofPlatform().name("lately").daemon().start(rooms.lately::recall);
    rooms.field.open(rooms.pipeline);
    var address = rooms.running.page();
    if (address != null) {
      doors.add(GatewayPage.open(address, rooms));
    }
    var clock = rooms.running.clock();
    clock.start(rooms::tellOfClock);
    rooms.inspection.start();
    rooms.guard.watch();
    new FirstWords(rooms.pipeline::arrive, clock).say();
  }

  /**
   * Outputs safe, then drivers but those that go on, intake, rules, journal, uplink: in this order,
   * within ten seconds. What does not close is told and keeps nothing else from closing.
   */
  @Override
  public void stop(Heir heir) throws InterruptedException, IOException {
    var field = rooms.field;
    var clock = rooms.running.clock();
    clock.close();
    rooms.inspection.close();
    doors.reversed().forEach(Gateway::close);
    close(rooms.guard);
    var goOn = field.goOn(rooms.plan, heir);
    rooms.pipeline.rest(goOn);
    field.end(goOn, heir);
    boolean isIdle = rooms.pipeline.stop();
    close(rooms.routes);
    close(rooms.integrations);
    close(rooms.uplink);
    close(rooms.history);
    close(rooms.diary);
    rooms.wear.save(clock.now());
    if (isIdle) {
      rooms.journal.close();
    } else {
      // The writer is inside a commit: the journal opens again as after a kill.
      LOG.warn("journal: the disk does not answer, left as it is");
    }
  }

  /** As the other, where nobody comes after. */
  public void stop() throws InterruptedException, IOException {
    stop(Heir.nobody());
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

  @Override
  public Requests requests() {
    return new GatewayRequests(rooms).requests();
  }

  /** Control first, then the writer, the uplink and every bus that can tell. */
  @Override
  public List<Sign> signs() {
    var signs = new ArrayList<>(rooms.pipeline.signs());
    signs.add(Sign.of("uplink", rooms.uplink.steps()));
    signs.addAll(rooms.field.signs());
    return signs;
  }

  @Override
  public String status() {
    var view = rooms.uplink.view();
    return "uplink %s, %d frames wait".formatted(Status.word(view.state()), view.waiting());
  }

  @Override
  public Greeting greeting() {
    return new Greeting("ready", "%d assets".formatted(rooms.plan.config().assets().size()));
  }

  @Override
  public String farewell() {
    var view = rooms.uplink.view();
    return "%d frames sent, %d waiting".formatted(view.sent(), view.waiting());
  }

  @Override
  public void withheld() {
    rooms.withheld.increment();
  }

  public SiteView view() {
    return rooms.pipeline.view();
  }

  /** Of its configuration. */
  long revision() {
    return rooms.plan.revision();
  }

  /** Where the city's configuration comes in. */
  Pushing pushing() {
    return rooms.pushing;
  }

  /** Who watches the revision that runs. */
  Guard guard() {
    return rooms.guard;
  }

  /**
   * Tells the city what somebody did to the gateway's configuration.
   *
   * @param by who: {@code unix:root}
   */
  void tell(String subject, String by, String reason) {
    var at = rooms.running.clock().now();
    rooms.pipeline.arrive(
        new Event.Audit(at, "configuration", subject, new Act(Issuer.CREW, by, reason, at, null)));
  }
}
