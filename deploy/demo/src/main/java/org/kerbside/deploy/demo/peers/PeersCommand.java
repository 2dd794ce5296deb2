package org.kerbside.deploy.demo.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.FastClock;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.app.wiring.Wishes;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside peers SITE}: plays the devices of a site for the gateway that serves it. */
@Command(
    name = "peers",
    header = "The devices of a site, played: they speak to its gateway as real ones do.",
    sortOptions = false)
public final class PeersCommand implements Callable<Integer> {

  private static final int FASTEST = 60;
  private static final Duration TURN = Duration.ofMillis(200); // of real time

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "SITE", description = "The gateway's own site, as site.yaml.")
  private Path site = Path.of("");

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = {
        "How fast the street lives, 1 to 60; if not",
        "given, 1. Lines and radios keep their time."
      })
  private int speed = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another street: the same seed behaves the same.")
  private long seed = 7;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "A folder for the socket that 'simulate' asks;",
        "if not given, a temporary one."
      })
  private @Nullable Path data;

  @Override
  public Integer call() throws CommandException, InterruptedException {
    if (speed < 1 || speed > FASTEST) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "'%d' is no speed".formatted(speed),
          "write 1 to %d".formatted(FASTEST));
    }
    var terminal = Terminal.ofProcess();
    var wishes = new Wishes();
    var folder = folder();
    var plan = Plan.of(site, List.of(), folder, terminal);
    if (plan == null) {
      return Exit.WRONG_INPUT.code();
    }
    try (var playing = Playing.open(plan.config(), seed, folder, InstantSource.system())) {
      greet(terminal, plan, playing, folder);
      var clock = new FastClock(Instant.now(), speed);
      do {
        playing.turn(clock.now().wall());
      } while (!wishes.stops(TURN));
    } finally {
      forget(folder);
    }
    terminal.out().println("stopped; nothing of it is kept");
    return Exit.DONE.code();
  }

  private void greet(Terminal terminal, Plan plan, Playing playing, Path folder) {
    var out = terminal.out();
    out.printf("%s · played, %d × time%n", plan.config().site().name(), speed);
    playing.told().forEach(out::println);
    out.printf("  fault    ./kerbside simulate ASSET --fault FAULT --data %s%n", folder);
    out.println("ready · Ctrl-C stops");
    out.flush();
  }

  /** A folder that nobody named is nobody's. */
  private void forget(Path folder) {
    try {
      if (data == null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException left) {
      // A temporary folder: the system clears what could not be removed.
    }
  }

  private Path folder() throws CommandException {
    try {
      return data == null
          ? Files.createTempDirectory("kerbside-peers-")
          : Files.createDirectories(data);
    } catch (IOException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "no folder: %s".formatted(e.getMessage()),
          "name one that can be written: --data DIR");
    }
  }
}
