package org.kerbside.deploy.demo.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kerbside.gateway.app.FastClock;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.app.wiring.Running;
import org.kerbside.gateway.app.wiring.Service;
import org.kerbside.gateway.cli.Terminal;

/**
 * A gateway that serves a site's real doors by a clock of the street's: {@code SITE DATA ORIGIN
 * SINCE SPEED}. For processes of tests.
 */
final class FastGateway {

  private FastGateway() {}

  /** The street's clock: at {@code origin} when it was {@code since}. */
  static FastClock clock(Instant origin, Instant since, int speed) {
    var passed = Duration.between(since, Instant.now());
    return new FastClock(origin.plus(passed.multipliedBy(speed)), speed);
  }

  public static void main(String[] words) throws Exception {
    var data = Path.of(words[1]);
    var terminal = Terminal.ofProcess();
    var plan = Plan.of(Path.of(words[0]), List.of(), data, terminal);
    if (plan == null) {
      throw new AssertionError("a site with mistakes: " + words[0]);
    }
    var clock = clock(Instant.parse(words[2]), Instant.parse(words[3]), Integer.parseInt(words[4]));
    var running = new Running(data, null, clock, event -> {});
    System.exit(Service.serve(plan, running, terminal, List.of()).code());
  }
}
