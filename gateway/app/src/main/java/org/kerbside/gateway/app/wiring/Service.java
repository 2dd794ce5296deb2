package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.Heartbeat;
import org.kerbside.gateway.app.wiring.Wishes.Wish;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Requests;
import org.kerbside.gateway.cli.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway in the foreground: until Ctrl-C or SIGTERM, which stop it in order, with exit 0. Where
 * it is wished, the gateway stops in order and begins again by another plan in the same process;
 * the control socket stays open meanwhile. Its methods belong to the process's main thread.
 */
public final class Service {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private static final Set<String> VITAL = Set.of("control", "writer");

  /** Who asks while the gateway begins again waits so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Running running;
  private final Terminal terminal;
  private final Wishes wishes = new Wishes();

  /** What can be asked; another for each time the gateway begins. */
  private volatile CompletableFuture<Requests> requests = new CompletableFuture<>();

  // The main thread's; both while something runs.
  private @Nullable Served served;
  private @Nullable Heartbeat heartbeat;

  private Service(Running running, Terminal terminal) {
    this.running = running;
    this.terminal = terminal;
  }

  /** When a gateway began to start, and what is said of it. */
  private record Begin(Instant since, List<String> greeting) {}

  /**
   * Takes the data folder, and runs until it is asked to stop.
   *
   * @param running how it is run, each time it begins
   * @param greeting printed before «ready»
   */
  public static Exit serve(Plan plan, Running running, Terminal terminal, List<String> greeting)
      throws CommandException, InterruptedException {
    try (var lock = Lock.on(running.data())) {
      return serve(lock, new Start.Runs(plan), running, terminal, greeting);
    } catch (IOException e) {
      throw new IllegalStateException("a lock that does not close", e);
    }
  }

  /** As the other, in a folder that is taken already. */
  static Exit serve(
      Lock lock, Start start, Running running, Terminal terminal, List<String> greeting)
      throws CommandException, InterruptedException {
    dieWhole();
    return new Service(running, terminal)
        .serve(
            start,
            lock.folder().resolve(ControlServer.SOCKET),
            new Begin(House.started(), greeting));
  }

  private Exit serve(Start first, Path socket, Begin begin)
      throws CommandException, InterruptedException {
    try (var door = ControlServer.open(socket, this::requests)) {
      LOG.debug("{} is open", door);
      begin(first, begin, Heir.nobody());
      var start = first;
      for (var wish = wishes.await(); wish instanceof Wish.Again again; wish = wishes.await()) {
        start = turn(again, start);
      }
      return Exit.DONE;
    } catch (IOException e) {
      LOG.warn("control socket: {}", e.getMessage());
      return Exit.DONE;
    } finally {
      end(Heir.nobody());
    }
  }

  /** By the new plan, or else by what ran before again. */
  private Start turn(Wish.Again again, Start old) throws CommandException, InterruptedException {
    var begin = new Begin(Instant.now(), List.of());
    var heir = Heir.by(again.plan());
    end(heir);
    try {
      var gateway = Gateway.of(again.plan(), running, wishes::again, heir);
      begin(gateway, begin);
      heir.close();
      again.turn().begun(gateway);
      return new Start.Runs(again.plan());
    } catch (CommandException why) {
      LOG.warn("{}; what ran before goes on", why.getMessage());
      var back = heir.instead(old);
      end(back);
      again.turn().failed(why, begin(old, begin, back));
      back.close();
      return old;
    }
  }

  private Served begin(Start start, Begin begin, Heir heir)
      throws CommandException, InterruptedException {
    var begun =
        switch (start) {
          case Start.Runs(var plan) -> Gateway.of(plan, running, wishes::again, heir);
          case Start.Safe safe -> new SafeMode(safe, running, wishes::again);
        };
    begin(begun, begin);
    return begun;
  }

  private void begin(Served begun, Begin begin) throws CommandException, InterruptedException {
    served = begun;
    begun.start();
    begin.greeting().forEach(terminal.out()::println);
    terminal
        .out()
        .println(
            "%s in %s · %s%s · Ctrl-C stops"
                .formatted(
                    begun.greeting().word(),
                    seconds(Duration.between(begin.since(), Instant.now())),
                    begun.greeting().more(),
                    page(running.page())));
    requests.complete(begun.requests());
    heartbeat = Heartbeat.start(System.getenv(), begun);
  }

  private static String page(@Nullable InetSocketAddress page) {
    return page == null
        ? ""
        : " · page http://%s:%d/".formatted(page.getHostString(), page.getPort());
  }

  private void end(Heir heir) throws InterruptedException {
    var ended = served;
    served = null;
    if (heartbeat != null) {
      heartbeat.close();
      heartbeat = null;
    }
    if (ended == null) {
      return;
    }
    requests = new CompletableFuture<>();
    long asked = System.nanoTime();
    stop(ended, heir);
    terminal
        .out()
        .println(
            "stopped in %s; %s"
                .formatted(seconds(Duration.ofNanos(System.nanoTime() - asked)), ended.farewell()));
  }

  /** Of the gateway that runs, or will in a moment. On a talk's thread. */
  private Requests requests() throws CommandException {
    try {
      return requests.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException none) {
      LOG.debug("nobody answers yet");
    }
    throw new CommandException(
        Exit.NO_ANSWER, "the gateway has not begun yet", "ask once more in a few seconds");
  }

  private static void stop(Served served, Heir heir) throws InterruptedException {
    try {
      served.stop(heir);
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
