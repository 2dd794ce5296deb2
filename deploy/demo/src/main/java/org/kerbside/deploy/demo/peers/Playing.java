package org.kerbside.deploy.demo.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.app.wiring.Simulating;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Requests;

/**
 * A street that is being played: its devices behind their doors, and the socket that {@code
 * simulate} asks. Its turns are one thread's.
 */
final class Playing implements AutoCloseable {

  /** Turns after which all say it again, for a gateway that came later. */
  private static final int HEARTBEAT = 75;

  private final Play play;
  private final Doors doors;
  private final ControlServer control;
  private final Map<String, Said> newest = new LinkedHashMap<>(); // by asset
  private long turns;

  private Playing(Play play, Doors doors, ControlServer control) {
    this.play = play;
    this.doors = doors;
    this.control = control;
  }

  /**
   * Opens all doors.
   *
   * @param folder for the socket
   * @param wall what the devices' own clocks show when they are right
   */
  static Playing open(SiteConfig config, long seed, Path folder, InstantSource wall)
      throws CommandException {
    var play = new Play(seed, config);
    var doors = Doors.open(config, play, wall);
    try {
      var simulating = new Simulating(List.of(play)).deeds();
      var socket = folder.resolve(ControlServer.SOCKET);
      return new Playing(
          play,
          doors,
          ControlServer.open(socket, () -> new Requests(Map.of(), Map.of(), simulating)));
    } catch (CommandException taken) {
      doors.close();
      throw taken;
    }
  }

  /** A line for people on each bus. */
  List<String> told() {
    return doors.told();
  }

  /** The street lives until then, and who has something to say says it. Returns at once. */
  void turn(Instant now) {
    for (var delivery : play.step(now)) {
      var said = Said.of(delivery.samples());
      newest.put(delivery.device(), said);
      doors.hear(delivery.device(), said);
    }
    if (turns++ % HEARTBEAT == 0) {
      newest.forEach(doors::hear);
    }
    doors.speak();
  }

  @Override
  public void close() throws CommandException {
    doors.close();
    try {
      control.close();
    } catch (IOException stuck) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "cannot close the socket: %s".formatted(stuck.getMessage()),
          "remove it");
    }
  }
}
