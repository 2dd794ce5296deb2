package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.kerbside.gateway.app.Heartbeat;
import org.kerbside.gateway.app.wiring.Wishes.Wish;
import org.kerbside.gateway.app.wiring.Wishes.Wish.Again;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway in the foreground: until Ctrl-C or SIGTERM, which stop it in order, with exit 0. */
public final class Service {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private static final Set<String> VITAL = Set.of("control", "writer");

  private Service() {}

  /**
   * Runs until it is asked to stop. Where a device was bound anew, the gateway stops in order and
   * begins again in the same process.
   *
   * @param running how it is run, asked for each time it begins
   * @param greeting printed before «ready»
   */
  public static Exit serve(
      Plan plan, Supplier<Running> running, Terminal terminal, List<String> greeting)
      throws CommandException, InterruptedException {
    dieWhole();
    var wishes = new Wishes();
    var wish = once(plan, running.get(), wishes, new Begin(House.started(), greeting), terminal);
    while (wish instanceof Again(var changed)) {
      var begin = new Begin(Instant.now(), List.of());
      wish = once(changed, running.get(), wishes, begin, terminal);
    }
    return Exit.DONE;
  }

  /** When a gateway began to start, and what is said of it. */
  private record Begin(Instant since, List<String> greeting) {}

  private static Wish once(
      Plan plan, Running running, Wishes wishes, Begin begin, Terminal terminal)
      throws CommandException, InterruptedException {
    var gateway = Gateway.of(plan, running, wishes::again);
    try {
      gateway.start();
      begin.greeting().forEach(terminal.out()::println);
      terminal
          .out()
          .println(
              "ready in %s · %d assets%s · Ctrl-C stops"
                  .formatted(
                      seconds(Duration.between(begin.since(), Instant.now())),
                      plan.config().assets().size(),
                      running.page() == null
                          ? ""
                          : " · page http://%s:%d/"
                              .formatted(
                                  running.page().getHostString(), running.page().getPort())));
      try (var _ = Heartbeat.start(System.getenv(), gateway)) {
        return wishes.await();
      }
    } finally {
      long asked = System.nanoTime();
      stop(gateway);
      var uplink = gateway.view().uplink();
      terminal
          .out()
          .println(
              "stopped in %s; %d frames sent, %d waiting"
                  .formatted(
                      seconds(Duration.ofNanos(System.nanoTime() - asked)),
                      uplink.sent(),
                      uplink.waiting()));
    }
  }

  private static void stop(Gateway gateway) throws InterruptedException {
    try {
      gateway.stop();
    } catch (IOException e) {
      LOG.warn("stop: {}", e.getMessage());
    }
  }

  /** Without control or writer, half a gateway is worse than none: systemd starts a whole one. */
  private static void dieWhole() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, fault) -> {
          LOG.error("thread {} died", thread.getName(), fault);
          if (VITAL.contains(thread.getName()) || fault instanceof OutOfMemoryError) {
            Runtime.getRuntime().halt(Exit.OUR_FAULT.code());
          }
        });
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }
}
