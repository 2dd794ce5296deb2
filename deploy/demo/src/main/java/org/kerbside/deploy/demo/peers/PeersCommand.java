package org.kerbside.deploy.demo.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.FastClock;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.app.wiring.Simulating;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Requests;
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
  private static final Duration STEP = Duration.ofMillis(200); // of real time

  /** Steps after which all say it again, for a gateway that came later. */
  private static final int HEARTBEAT = 75;

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
    var folder = folder();
    var plan = Plan.of(site, List.of(), folder, terminal);
    if (plan == null) {
      return Exit.WRONG_INPUT.code();
    }
    var play = new Play(seed, plan.config());
    try (var doors = Doors.open(plan.config(), play, InstantSource.system())) {
      var simulating = new Simulating(List.of(play)).answers();
      var control =
          ControlServer.open(
              folder.resolve(ControlServer.SOCKET),
              () -> new Requests(Map.of(), simulating, Map.of()));
      try {
        greet(terminal, plan, doors, folder);
        live(play, doors);
        return Exit.DONE.code();
      } finally {
        control.close();
      }
    } catch (IOException stuck) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "cannot close the socket in %s: %s".formatted(folder, stuck.getMessage()),
          "remove it");
    }
  }

  private void greet(Terminal terminal, Plan plan, Doors doors, Path folder) {
    var out = terminal.out();
    out.printf("%s · played, %d × time%n", plan.config().site().name(), speed);
    doors.told().forEach(out::println);
    out.printf("  fault    ./kerbside simulate ASSET --fault FAULT --data %s%n", folder);
    out.println("ready · Ctrl-C stops");
    out.flush();
  }

  /** Until the process is ended: nothing of a street that is played is to be kept. */
  private void live(Play play, Doors doors) throws InterruptedException {
    var clock = new FastClock(Instant.now(), speed);
    var newest = new LinkedHashMap<String, Said>();
    for (long steps = 0; ; steps++) {
      for (var delivery : play.step(clock.now().wall())) {
        var said = Said.of(delivery.samples());
        newest.put(delivery.device(), said);
        doors.hear(delivery.device(), said);
      }
      if (steps % HEARTBEAT == 0) {
        newest.forEach(doors::hear);
      }
      doors.speak();
      Thread.sleep(STEP);
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
