package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.testkit.Campaign;

/**
 * Simulated days of a street on which everything happens that should not: see {@code
 * gateway/docs/decisions/0015-time-storage-and-network-are-parameters.md}.
 */
class StreetSimulationTest {

  private static final Duration DAY = Duration.ofDays(1);

  /** A build takes so long for new days. */
  private static final Duration TIME = Duration.ofSeconds(15);

  private final Map<String, Integer> provoked = new TreeMap<>();

  /** Seeds whose days once broke a law, and a few that cover what a scenario may be. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        1,
        5,
        1005,
        1019,
        1043,
        2746634136805556423L,
        -891878058849682422L,
        5645994738940085451L,
        -6795631163441723569L
      })
  void theLawsHoldOnDaysThatAreKnown(long seed) throws Exception {
    day(Scenario.of(seed));
  }

  /** The day of one more seed that once broke a law. */
  @Test
  void theSameSeedGivesTheSameDay() throws Exception {
    assertThat(day(Scenario.of(31)).digest()).isEqualTo(day(Scenario.of(31)).digest());
  }

  /** A day may have nothing on which the fault shows; one of a few has. */
  @ParameterizedTest
  @CsvSource({
    "ACKNOWLEDGES_FIRST, acknowledged",
    "LOSES_A_FRAME, never came",
    "FORGETS_A_COMMIT, ''"
  })
  void aPlantedFaultIsFound(Planted fault, String law) {
    assertThatThrownBy(
            () -> {
              for (long seed = 4; seed < 10; seed++) {
                day(Scenario.of(seed).with(fault));
              }
            })
        .hasMessageContaining(law);
  }

  @Test
  @Tag("simulation")
  void theLawsHoldOnNewDays() throws Exception {
    boolean isCounted = System.getProperty("kerbside.n") != null;
    var campaign = Campaign.of("simulation", 1_000_000);
    var chance = campaign.chance();
    long began = System.nanoTime();
    long work = worked();
    int days = 0;
    while (days < campaign.n() && (isCounted || System.nanoTime() - began < TIME.toNanos())) {
      day(Scenario.of(isCounted && campaign.n() == 1 ? campaign.seed() : chance.nextLong()));
      days++;
    }
    System.out.printf(
        "campaign simulation: %d days, %,.0f x real time on one core; provoked %s%n",
        days, days * DAY.toNanos() / (double) (worked() - work), provoked);
  }

  /** Of this thread, on a core that others want as well. */
  private static long worked() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private Laws day(Scenario scenario) throws Exception {
    var memory = Path.of("/dev/shm");
    var folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "kerbside-simulation")
            : Files.createTempDirectory("kerbside-simulation");
    var simulation = new Simulation(scenario, folder);
    try {
      return simulation.run(DAY);
    } catch (AssertionError | Exception broken) {
      throw new AssertionError(
          "seed %1$d: %2$s; again by: ./kerbside test --long simulation --n 1 --seed %1$d"
              .formatted(scenario.seed(), broken.getMessage()),
          broken);
    } finally {
      simulation.provoked().forEach((kind, times) -> provoked.merge(kind, times, Integer::sum));
      Life.delete(folder);
    }
  }
}
