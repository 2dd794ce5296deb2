package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The gateway dies at each labelled point in turn, and nothing that it promised breaks. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
class KillPointsTest {

  @TempDir private Path folder;

  @Test
  @Tag("points")
  @Timeout(4 * 3600)
  void deadAtEachLabelledPointItKeepsEveryPromise() throws Exception {
    var campaign = Campaign.of("points", 1);
    var chance = campaign.chance();
    try (var loop = KillLoop.at(folder, KillPoints.in(KillLoop.patch()).into(folder))) {
      for (var point : KillPoints.LAYING) {
        dieAt(loop, point, 1);
      }
      loop.begin(KillLoop.Load.STEADY);
      for (int round = 0; round < campaign.n(); round++) {
        for (var point : KillPoints.values()) {
          dieAt(loop, point.name(), 1 + chance.nextInt(point.passes()));
        }
      }
      var verdict = loop.settle();
      int deaths = campaign.n() * KillPoints.values().length + KillPoints.LAYING.size();
      System.out.println("campaign points: died %d times, %s".formatted(deaths, verdict));
      assertThat(verdict.problems()).as(campaign.toString()).isEmpty();
    }
  }

  static void dieAt(KillLoop loop, String point, int pass) throws Exception {
    try (var gateway = loop.start(Map.of(Probe.HALT, point + ":" + pass))) {
      Await.until(
          "it dies at %s, the time %d".formatted(point, pass),
          () -> !gateway.isAlive(),
          Duration.ofSeconds(60),
          gateway::said);
      assertThat(gateway.exit()).as(gateway::said).isEqualTo(Probe.KILLED);
    }
  }
}
