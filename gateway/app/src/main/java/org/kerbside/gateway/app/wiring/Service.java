package org.kerbside.gateway.app.wiring;

import java.io.IOException;
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
import java.util.function.Supplier;
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

  private final Supplier<Running> running;
  private final Terminal terminal;
  private final Wishes wishes = new Wishes();

  /** What can be asked; another for each time the gateway begins. */
  private volatile CompletableFuture<Requests> requests = new CompletableFuture<>();

  // The main thread's; both while a gateway runs.
  private @Nullable Gateway gateway;
  private @Nullable Heartbeat heartbeat;

  private Service(Supplier<Running> running, Terminal terminal) {
    this.running = running;
    this.terminal = terminal;
  }

  /** When a gateway began to start, and what is said of it. */
  private record Begin(Instant since, List<String> greeting) {}

  /**
   * Takes the data folder, and runs until it is asked to stop.
   *
   * @param running how it is run, asked for each time it begins; always in the same folder
   * @param greeting printed before «ready»
   */
  public static Exit serve(
      Plan plan, Supplier<Running> running, Terminal terminal, List<String> greeting)
      throws CommandException, InterruptedException {
    try (var lock = Lock.on(running.get().data())) {
      return serve(lock, plan, running, terminal, greeting);
    } catch (IOException e) {
      throw new IllegalStateException("a lock that does not close", e);
    }
  }

  /** As the other, in a folder that is taken already. */
  static Exit serve(
      Lock lock, Plan plan, Supplier<Running> running, Terminal terminal, List<String> greeting)
      throws CommandException, InterruptedException {
    dieWhole();
    return new Service(running, terminal)
        .serve(
            plan,
            lock.folder().resolve(ControlServer.SOCKET),
            new Begin(House.started(), greeting));
  }

  private Exit serve(Plan first, Path socket, Begin begin)
      throws CommandException, InterruptedException {
    try (var door = ControlServer.open(socket, this::requests)) {
      LOG.debug("{} is open", door);
      begin(first, begin);
      var plan = first;
      for (var wish = wishes.await(); wish instanceof Wish.Again again; wish = wishes.await()) {
        plan = turn(again, plan);
      }
      return Exit.DONE;
    } catch (IOException e) {
      LOG.warn("control socket: {}", e.getMessage());
      return Exit.DONE;
    } finally {
      end();
    }
  }

  /** By the new plan, or else by the old one again. */
  private Plan turn(Wish.Again again, Plan old) throws CommandException, InterruptedException {
    var begin = new Begin(Instant.now(), List.of());
    end();
    try {
      again.turn().begun(begin(again.plan(), begin));
      return again.plan();
    } catch (CommandException why) {
      LOG.warn("{}; the configuration before goes on", why.getMessage());
      end();
      begin(old, begin);
      again.turn().failed(why);
      return old;
    }
  }

  private Gateway begin(Plan plan, Begin begin) throws CommandException, InterruptedException {
    var with = running.get();
    var begun = Gateway.of(plan, with, wishes::again);
    gateway = begun;
    try {
      begun.start();
    } catch (CommandException | RuntimeException stuck) {
      end();
      throw stuck;
    }
    begin.greeting().forEach(terminal.out()::println);
    terminal
        .out()
        .println(
            "ready in %s · %d assets%s · Ctrl-C stops"
                .formatted(
                    seconds(Duration.between(begin.since(), Instant.now())),
                    plan.config().assets().size(),
                    with.page() == null
                        ? ""
                        : " · page http://%s:%d/"
                            .formatted(with.page().getHostString(), with.page().getPort())));
    requests.complete(begun.requests());
    heartbeat = Heartbeat.start(System.getenv(), begun);
    return begun;
  }

  private void end() throws InterruptedException {
    var ended = gateway;
    gateway = null;
    if (heartbeat != null) {
      heartbeat.close();
      heartbeat = null;
    }
    if (ended == null) {
      return;
    }
    requests = new CompletableFuture<>();
    long asked = System.nanoTime();
    stop(ended);
    var uplink = ended.view().uplink();
    terminal
        .out()
        .println(
            "stopped in %s; %d frames sent, %d waiting"
                .formatted(
                    seconds(Duration.ofNanos(System.nanoTime() - asked)),
                    uplink.sent(),
                    uplink.waiting()));
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
