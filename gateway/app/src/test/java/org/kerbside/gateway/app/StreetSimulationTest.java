package org.kerbside.gateway.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.testkit.Campaign;

/** Simulated days of a street under every fault; see {@code gateway/docs/decisions}. */
class StreetSimulationTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TIME = Duration.ofSeconds(150);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theLawsHoldOnDaysThatAreKnown(long seed) throws Exception {
    day(seed, new TreeMap<>());
  }

  @Test
  @Tag("simulation")
  void theLawsHoldOnNewDays() throws Exception {
    boolean isCounted = System.getProperty("kerbside.n") != null;
    var campaign = Campaign.of("simulation", 1_000_000);
    var chance = campaign.chance();
    var provoked = new TreeMap<String, Integer>();
    long began = System.nanoTime();
    int days = 0;
    while (days < campaign.n() && (isCounted || System.nanoTime() - began < TIME.toNanos())) {
      day(isCounted && campaign.n() == 1 ? campaign.seed() : chance.nextLong(), provoked);
      days++;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "campaign simulation: %d days at %,.0f x real time; %s%n",
        days, days * DAY.toSeconds() / seconds, provoked);
  }

  private static Laws day(long seed, Map<String, Integer> provoked) throws Exception {
    var shm = Path.of("/dev/shm");
    var folder =
        Files.isWritable(shm)
            ? Files.createTempDirectory(shm, "kerbside-sim")
            : Files.createTempDirectory("kerbside-sim");
    var simulation = new Simulation(Scenario.of(seed), folder);
    try {
      return simulation.run(DAY);
    } catch (AssertionError | Exception broken) {
      throw new AssertionError(
          "seed %d: %s; again by: ./kerbside test --long simulation --n 1 --seed %d"
              .formatted(seed, broken.getMessage(), seed),
          broken);
    } finally {
      simulation.provoked().forEach((kind, times) -> provoked.merge(kind, times, Integer::sum));
      Life.delete(folder);
    }
  }
}
