package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Relay;
import org.kerbside.gateway.model.Stream;

/** A line that drops time and again leaves nothing behind: no thread, no descriptor, no memory. */
@NeedsPeer("mosquitto")
@Timeout(3600)
@Isolated
class FlapsTest {

  /** So many gateways share them, for the library needs a third of a second to begin. */
  private static final int GATEWAYS = 8;

  private static final long MOST_GROWTH = 2_000_000; // bytes

  private static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10));

  @Test
  @Tag("flaps")
  void threadsDescriptorsAndMemoryAreFlat() throws Exception {
    var campaign = Campaign.of("flaps", 200);
    var chance = campaign.chance();
    int rounds = Math.ceilDiv(campaign.n(), GATEWAYS);
    var gateways = new ArrayList<Gateway>();
    try (var broker = Broker.start()) {
      for (int i = 0; i < GATEWAYS; i++) {
        gateways.add(new Gateway(broker));
      }
      flap(gateways, Math.max(1, rounds / 5), chance);
      var before = Held.now();
      flap(gateways, rounds, chance);
      var after = Held.now();
      System.out.printf(
          "campaign flaps: %d flaps, before %s, after %s%n", rounds * GATEWAYS, before, after);
      assertThat(after.threads()).as(campaign.toString()).isLessThanOrEqualTo(before.threads() + 2);
      assertThat(after.descriptors())
          .as(campaign.toString())
          .isLessThanOrEqualTo(before.descriptors() + 2);
      assertThat(after.bytes() - before.bytes()).as(campaign.toString()).isLessThan(MOST_GROWTH);
    } finally {
      for (var gateway : gateways) {
        gateway.close();
      }
    }
  }

  private static void flap(List<Gateway> gateways, int rounds, Random chance) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (var gateway : gateways) {
        gateway.street.outbox.commit(Stream.READINGS, 5);
      }
      for (var gateway : gateways) {
        gateway.awaitDrained();
      }
      for (var gateway : gateways) {
        gateway.street.outbox.commit(Stream.READINGS, chance.nextInt(5));
        gateway.cable.hangUp();
      }
    }
    for (var gateway : gateways) {
      gateway.awaitDrained();
    }
  }

  /** One with a cable of its own, and no pauses: its back-off is tried elsewhere. */
  private static final class Gateway implements AutoCloseable {

    private final Street street = new Street();
    private final Relay cable;
    private final Uplink uplink;

    Gateway(Broker broker) throws Exception {
      street.id = "G-" + System.identityHashCode(this);
      street.chance = () -> 0;
      cable = Relay.to(broker.port());
      uplink = street.uplink(cable.port(), PATIENT);
      uplink.start();
    }

    void awaitDrained() {
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      street.outbox.drop(Stream.READINGS, 1, Long.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
      uplink.close();
      cable.close();
    }
  }

  /** What this process holds. */
  private record Held(long threads, long descriptors, long bytes) {

    /** The lowest of some looks: what ends is given time to end. */
    static Held now() throws Exception {
      var least = look();
      for (int i = 0; i < 20; i++) {
        LockSupport.parkNanos(50_000_000);
        var next = look();
        least =
            new Held(
                Math.min(least.threads, next.threads),
                Math.min(least.descriptors, next.descriptors),
                Math.min(least.bytes, next.bytes));
      }
      return least;
    }

    private static Held look() throws Exception {
      System.gc();
      var runtime = Runtime.getRuntime();
      try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
        return new Held(
            Thread.getAllStackTraces().size(),
            descriptors.count(),
            runtime.totalMemory() - runtime.freeMemory());
      }
    }

    @Override
    public String toString() {
      return "%d threads, %d descriptors, %d kB".formatted(threads, descriptors, bytes / 1000);
    }
  }
}
