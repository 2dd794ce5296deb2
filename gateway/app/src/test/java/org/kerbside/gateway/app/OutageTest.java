package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Campaign;

/** A simulated outage: the quota's ladder, the lanes and the drain as one. */
class OutageTest {

  /** A build has one day at 10 readings/s and 4 MB; by hand it is 50/s against 64 MB. */
  @Test
  @Tag("outage")
  void theBacklogDrainsWholeAndAlarmsOvertakeIt() throws Exception {
    boolean byHand = System.getProperty("kerbside.n") != null;
    var campaign = Campaign.of("outage", 1);
    int rate = byHand ? 50 : 10;
    long quota = byHand ? 64_000_000 : 4_000_000;
    var memory = Path.of("/dev/shm");
    var folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "kerbside-outage")
            : Files.createTempDirectory("kerbside-outage");
    var outage = new Outage(campaign.seed(), rate, quota, folder);
    var report = outage.run(Duration.ofDays(campaign.n()));
    System.out.printf(
        "campaign outage: %d days at %d readings/s against %d MB: %s%n",
        campaign.n(), rate, quota / 1_000_000, report);
    assertThat(report.thinned()).as("%s: frames thinned", campaign).isPositive();
    assertThat(report.alarms()).as("%s: alarms while it drained", campaign).isGreaterThan(5);
    assertThat(report.p99()).as("%s: an alarm's way, p99, ms", campaign).isLessThanOrEqualTo(1_000);
    assertThat(report.file()).as("%s: bytes of the journal", campaign).isLessThan(quota * 5 / 4);
    outage.close(folder);
    Life.delete(folder);
  }
}
