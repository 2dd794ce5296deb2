package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The gateway is killed at random instants, and nothing that it promised breaks. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
class KillLoopTest {

  @TempDir private Path folder;

  @Test
  @Tag("kills")
  @Timeout(4 * 3600)
  void killedAtRandomUnderLoadItKeepsEveryPromise() throws Exception {
    var campaign = Campaign.of("kills", 50);
    var chance = campaign.chance();
    try (var loop = KillLoop.open(folder, KillLoop.patch().into(folder))) {
      for (int kill = 0; kill < campaign.n(); kill++) {
        kill(loop, chance);
      }
      var verdict = loop.settle();
      System.out.println("campaign kills: killed %d, %s".formatted(campaign.n(), verdict));
      assertThat(verdict.problems()).as(campaign.toString()).isEmpty();
    }
  }

  /**
   * After 0.2 to 5 s, mostly soon; one in four while it still starts. Before every other kill the
   * link dies: what was sent then is nobody's.
   */
  private static void kill(KillLoop loop, Random chance) throws Exception {
    try (var gateway = loop.start(Map.of())) {
      if (chance.nextInt(4) == 0) {
        Thread.sleep(200 + chance.nextInt(1_200));
      } else {
        gateway.ready();
        Thread.sleep(200 + (long) (4_800 * Math.pow(chance.nextDouble(), 4)));
      }
      if (chance.nextBoolean()) {
        loop.swallow();
        Thread.sleep(chance.nextInt(200));
      }
      assertThat(gateway.isAlive()).as(gateway::said).isTrue();
      gateway.kill();
    }
  }
}
