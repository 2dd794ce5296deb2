package org.kerbside.deploy.demo.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.cli.Terminal;

/**
 * Thirty devices on one RTU line, one of which dies: how far apart the polls of the others are, as
 * the devices see them. A real gateway on a pseudo-terminal; figures in {@code drivers/README.md}.
 */
@NeedsPeer("mosquitto")
@Tag("long")
@Tag("thirty")
@Timeout(300)
class ThirtyOnALineTest {

  private static final int DEVICES = 30;
  private static final int DEAD = 14;
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final int TRIES = 3; // of the first poll that fails: retry 2
  private static final Duration SETTLES = Duration.ofSeconds(75); // pauses of 2 to 32 s
  private static final Duration LOOKS = Duration.ofSeconds(60);

  @TempDir private Path temporary = Path.of("");

  /** Written by the line's thread, read when that has ended. */
  private final List<Asks.Ask> asked = new ArrayList<>();

  @Test
  void aDeadOneMovesTheOthersPeriodByLessThanATenth() throws Exception {
    long died;
    Thread serving;
    var name = temporary.resolve("line");
    try (var broker = Mosquitto.start();
        var port = PseudoTerminal.open(name)) {
      var site = site(broker, name);
      var plan = Objects.requireNonNull(Plan.of(site, List.of(), temporary, Terminal.ofProcess()));
      var play = new Play(7, plan.config());
      var slaves = slaves(play);
      var line = new Line(Framing.RTU, slaves, play);
      play.step(Instant.now()).forEach(said -> line.hear(said.device(), Said.of(said.samples())));
      serving = Thread.ofPlatform().start(() -> serve(line, port));
      try (var gateway = gateway(site)) {
        gateway.await("ready", said -> said.startsWith("ready in"));
        Thread.sleep(LOOKS);
        died = System.nanoTime();
        play.fault("bin-" + DEAD, "silent", Duration.ofHours(1));
        play.step(Instant.now());
        Thread.sleep(SETTLES.plus(LOOKS));
      }
    }
    serving.join();
    var asks = new Asks(DEAD, asked);
    long backedOff = died + SETTLES.toNanos();
    var alive = asks.between(Long.MIN_VALUE, died);
    var dying = asks.between(died, backedOff);
    var dead = asks.between(backedOff, Long.MAX_VALUE);
    System.out.printf("alive    %s%ndying    %s%ndead     %s%n", alive, dying, dead);
    assertThat(alive.tries()).as("it lived").isCloseTo(LOOKS.dividedBy(EVERY), within(3L));
    // In tries and not in time, since a busy machine moves single polls, whoever lives. RoundsTest
    // has on virtual time what a try costs: one time-out, and nobody waits for two.
    assertThat(dying.mostTriesBetweenPolls()).isLessThanOrEqualTo(TRIES);
    assertThat(dying.behindTries(TRIES).mostTriesBetweenPolls())
        .as("a device that failed its last poll gets one try")
        .isEqualTo(1);
    assertThat(dead.tries() * TIMEOUT.toNanos())
        .as("what it costs once it is asked less")
        .isLessThan(LOOKS.toNanos() / 10);
    assertThat(dead.tries()).as("a minute").isLessThanOrEqualTo(2);
    for (var each : List.of(alive, dying, dead)) {
      assertThat(each.periods().getAverage())
          .isBetween(0.9 * EVERY.toNanos(), 1.1 * EVERY.toNanos());
    }
  }

  private static Map<Integer, Slave> slaves(Play play) {
    var map = Objects.requireNonNull(RegisterMap.of("ultrasonic-485"));
    var slaves = new LinkedHashMap<Integer, Slave>();
    for (int unit = 1; unit <= DEVICES; unit++) {
      slaves.put(unit, new Slave("bin-" + unit, map, play));
    }
    return slaves;
  }

  private void serve(Line line, PseudoTerminal port) {
    try {
      line.serve(new Timed(new RtuDoor.Requests(port)), new RtuDoor.Answers(port));
    } catch (IOException end) {
      assertThat(port.isOpen()).isFalse();
    }
  }

  /** Notes when each request came, by its first byte. */
  private final class Timed extends InputStream {

    private final InputStream requests;

    Timed(InputStream requests) {
      this.requests = requests;
    }

    @Override
    public int read() throws IOException {
      throw new AssertionError("a line is read as it comes");
    }

    @Override
    public int read(byte[] to, int at, int most) throws IOException {
      int count = requests.read(to, at, most);
      if (count == 8) {
        asked.add(new Asks.Ask(to[at] & 0xFF, System.nanoTime()));
      }
      return count;
    }
  }

  private Spoken gateway(Path site) throws Exception {
    return Spoken.kerbside(
        "run", site.toString(), "--data", temporary.resolve("gateway") + "", "--page", "none");
  }

  private Path site(Mosquitto broker, Path line) throws Exception {
    Files.createDirectories(temporary.resolve("profiles"));
    var shipped = Files.readString(Path.of("../../config/profiles/ultrasonic-485.yaml"));
    Files.writeString(
        temporary.resolve("profiles/ultrasonic-485.yaml"),
        shipped.replaceFirst("every: \\d+s", "every: %ds".formatted(EVERY.toSeconds())));
    return Files.writeString(
        temporary.resolve("site.yaml"),
        """
        schema: 1
        demo: true
        site: { id: LINE-1, name: line, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
        uplink: { url: %s, tenant: demo, accept: [ plaintext, anonymous ] }
        buses: { line: { driver: modbus, port: %s, line: 9600 8N1, timeout: %dms } }
        assets: { bin-1..%d: { kind: bin, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: line/1..%d } }
        """
            .formatted(broker.url(), line, TIMEOUT.toMillis(), DEVICES, DEVICES));
  }
}
