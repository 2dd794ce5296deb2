package org.kerbside.deploy.demo.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.kerbside.gateway.app.FastClock;
import org.kerbside.gateway.app.wiring.Plan;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Terminal;

/** The peers of a site in this process, on a thread of their own, by a clock that runs faster. */
final class FastStreet implements AutoCloseable {

  private static final long SEED = 7;
  private static final Duration TURN = Duration.ofMillis(200); // of real time

  private final Path folder;
  private final Playing playing;
  private final FastClock clock;
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  private FastStreet(Path folder, Playing playing, FastClock clock) {
    this.folder = folder;
    this.playing = playing;
    this.clock = clock;
    thread.execute(this::live);
  }

  /**
   * Opens the doors of a site.
   *
   * @param folder for the socket that {@code simulate} asks
   */
  static FastStreet open(Path site, Path folder, FastClock clock) throws Exception {
    var plan = Plan.of(site, List.of(), folder, Terminal.ofProcess());
    if (plan == null) {
      throw new AssertionError("a site with mistakes: " + site);
    }
    var playing = Playing.open(plan.config(), SEED, folder, () -> clock.now().wall());
    return new FastStreet(folder, playing, clock);
  }

  /** Lets an asset have a fault until the end, as {@code kerbside simulate} does. */
  void strike(String asset, String fault) {
    Simulate.at(folder, asset, fault);
  }

  private void live() {
    try {
      do {
        playing.turn(clock.now().wall());
      } while (!end.await(TURN.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws CommandException {
    end.countDown();
    thread.close();
    playing.close();
  }
}
