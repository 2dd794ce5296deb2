package org.kerbside.deploy.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.FastClock;
import org.kerbside.gateway.app.wiring.Codes;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.app.wiring.Running;
import org.kerbside.gateway.app.wiring.Service;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.PageDoor;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.page.JobDay;
import org.kerbside.gateway.page.Role;
import org.kerbside.gateway.page.RoleKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kerbside demo}: a simulated street, a city's broker, the gateway and its page. */
@Command(
    name = "demo",
    header = "A simulated street with its gateway, page and broker, all on this machine.",
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String WORKER = "4711";
  private static final int FASTEST = 3_600;

  // What was typed: written by picocli, once.
  @Option(
      names = "--speed",
      paramLabel = "N",
      description = {"How fast the street's clock runs, 1 to 3600;", "if not given, 60."})
  private int speed = 60;

  @Option(
      names = "--from",
      paramLabel = "[DATE]TIME",
      converter = Beginning.Reader.class,
      description = {
        "What the street's clock shows at first: 02:20",
        "today, or 2026-07-15T02:20; if not given, 07:40."
      })
  private Beginning from = new Beginning.Today(LocalTime.of(7, 40));

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = {
        "Another street: the same seed behaves",
        "the same; if not given, the site's."
      })
  private @Nullable Long seed;

  @Option(
      names = "--page",
      paramLabel = "ADDRESS:PORT",
      description = {"Where the page listens; if not given,", "127.0.0.1:8080."})
  private PageDoor page = new PageDoor.At(LOOPBACK, 8080);

  @Option(
      names = "--mqtt",
      paramLabel = "PORT",
      description = "Where the city's broker listens; if not given, 18830.")
  private int mqtt = 18_830;

  @Option(
      names = "--coap",
      paramLabel = "PORT",
      description = "Where CoAP sensors may post; if not given, 56830.")
  private int coap = 56_830;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = {"Another site of simulated devices; if not", "given, config/sites/demo.yaml."})
  private @Nullable Path site;

  @Override
  public Integer call() throws CommandException, InterruptedException {
    if (speed < 1 || speed > FASTEST) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "'%d' is no speed".formatted(speed),
          "write 1 to %d".formatted(FASTEST));
    }
    var terminal = Terminal.ofProcess();
    var door = page.resolved();
    Ports.tryAll(wanted(door));
    var data = folder();
    var plan = plan(data, terminal);
    if (plan == null) {
      remove(data);
      return Exit.WRONG_INPUT.code();
    }
    var broker = broker();
    try {
      var zone = plan.config().site().zone();
      var clock = new FastClock(from.instant(Instant.now(), zone), speed);
      var announcer = new Announcer(terminal.out(), zone);
      var codes = codes();
      var running = new Running(data, door, clock, announcer, codes);
      return Service.serve(plan, running, terminal, greeting(plan, clock, codes)).code();
    } finally {
      broker.close();
      remove(data);
    }
  }

  private List<Ports.Wanted> wanted(@Nullable InetSocketAddress door) {
    var wanted = new ArrayList<Ports.Wanted>();
    if (door != null) {
      wanted.add(new Ports.Wanted("page", door, Ports.Protocol.TCP, "--page 127.0.0.1:8081"));
    }
    wanted.add(new Ports.Wanted("MQTT", at(mqtt), Ports.Protocol.TCP, "--mqtt 18831"));
    wanted.add(new Ports.Wanted("CoAP", at(coap), Ports.Protocol.UDP, "--coap 56831"));
    return wanted;
  }

  private EmbeddedBroker broker() throws CommandException {
    try {
      return EmbeddedBroker.start(mqtt);
    } catch (IOException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "the city's broker does not start: %s".formatted(e.getMessage()),
          "./kerbside demo --mqtt 18831");
    }
  }

  private @Nullable Plan plan(Path data, Terminal terminal) {
    var settings = new ArrayList<String>();
    settings.add("uplink.url=mqtt://%s:%d".formatted(LOOPBACK, mqtt));
    if (site == null) {
      settings.add("buses.coap.listen=%s:%d".formatted(LOOPBACK, coap));
    }
    if (seed != null) {
      settings.add("buses.sim.seed=%d".formatted(seed));
    }
    return Plan.of(site == null ? shipped() : site, settings, data, terminal);
  }

  /** A key of its own at each start, and real days: the street's pass in minutes. */
  private static Codes codes() {
    var seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    var now = Instant.now();
    return new Codes(
        new FastClock(now, 1),
        now,
        Codes.nobody(),
        Map.of(
            Role.CREW, RoleKey.of(seed, "demo", Role.CREW),
            Role.INSTALLER, RoleKey.of(seed, "demo", Role.INSTALLER)));
  }

  private static String code(Role role, Plan plan, Codes codes) {
    var day = JobDay.at(codes.clock().now().wall(), plan.config().site().zone());
    var key = codes.given().get(role);
    return key == null ? "none" : key.code(WORKER, day);
  }

  private List<String> greeting(Plan plan, Clock clock, Codes codes) {
    var own = plan.config().site();
    return List.of(
        "%s · %s · simulated, %d × time; nothing is kept".formatted(own.name(), own.id(), speed),
        "  page   %s      worker %s, job code %s, as an installer %s"
            .formatted(
                page, WORKER, code(Role.CREW, plan, codes), code(Role.INSTALLER, plan, codes)),
        "  MQTT   mosquitto_sub -p %d -V mqttv5 -t 'kerbside/1/#' -v".formatted(mqtt),
        "  CoAP   coap-client-notls -m post -t 110"
            + " -e '[{\"n\":\"distance\",\"u\":\"m\",\"v\":0.35}]' coap://%s:%d/s/bin-3"
                .formatted(LOOPBACK, coap),
        "  order  mosquitto_pub -p %d -V mqttv5 -q 1 -t 'kerbside/1/%s/%s/c/try-1' -m '%s'"
            .formatted(mqtt, plan.config().uplink().tenant(), own.id(), order(clock)),
        "  night  ./kerbside demo --from 2026-07-15T02:20   the lawn is watered, and a pipe bursts");
  }

  /** A command that is good for as long as anybody looks at the demo. */
  private static String order(Clock clock) {
    long expires = clock.now().wall().plus(Duration.ofDays(400)).getEpochSecond();
    return "{\"v\":1,\"id\":\"try-1\",\"op\":\"set\",\"point\":\"zone-1/valve\",\"value\":1,"
        + "\"by\":\"dispatch:you\",\"expires\":%d,\"lease\":3600}".formatted(expires);
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Path shipped() {
    return Path.of(System.getProperty("kerbside.home", "."), "config", "sites", "demo.yaml");
  }

  private static Path folder() throws CommandException {
    try {
      return Files.createTempDirectory("kerbside-demo-");
    } catch (IOException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "no temporary folder: %s".formatted(e.getMessage()),
          "free some space in %s".formatted(System.getProperty("java.io.tmpdir")));
    }
  }

  private static void remove(Path folder) {
    try (var inside = Files.walk(folder)) {
      for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      // A temporary folder: the system clears what could not be removed.
    }
  }
}
