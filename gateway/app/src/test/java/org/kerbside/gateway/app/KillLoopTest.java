package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.DiskLog;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Shim;

/** The gateway is killed at random instants, and nothing that it promised breaks. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
class KillLoopTest {

  /** What the receiver's table says of a stream: received, the first number of its row. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\S*KILL-1 +\\S+ +[de] +(\\d+) ");

  @TempDir private Path folder;

  @Test
  @Tag("kills")
  @Timeout(4 * 3600)
  void killedAtRandomUnderLoadItKeepsEveryPromise() throws Exception {
    var campaign = Campaign.of("kills", 8);
    var chance = campaign.chance();
    try (var loop = KillLoop.at(folder, KillLoop.patch().into(folder));
        var receiver = loop.receiver(folder)) {
      receiver.start();
      loop.begin(KillLoop.Load.STEADY);
      for (int kill = 0; kill < campaign.n(); kill++) {
        kill(loop, chance, Map.of());
      }
      var verdict = loop.settle();
      System.out.println("campaign kills: killed %d, %s".formatted(campaign.n(), verdict));
      assertThat(verdict.problems()).as(campaign.toString()).isEmpty();
      agrees(receiver, verdict);
    }
  }

  /** The reference receiver has every frame, once, and finds no hole either. */
  private static void agrees(Receiver receiver, Verdict verdict) throws Exception {
    Await.until(
        "the receiver has %d frames".formatted(verdict.frames()),
        () -> frames(receiver.verify()) == verdict.frames(),
        Duration.ofSeconds(30),
        receiver::log);
    assertThat(receiver.verify()).contains("whole: every hole is explained").endsWith("exit 0");
  }

  private static int frames(String verified) {
    return ROW.matcher(verified).results().mapToInt(row -> Integer.parseInt(row.group(1))).sum();
  }

  /** As a power cut: what was not synced when the process died is gone as well. */
  @Test
  @Tag("forget")
  @NeedsPeer("cc")
  @Timeout(4 * 3600)
  void killedWithUnsyncedWritesForgottenItKeepsEveryPromise() throws Exception {
    var campaign = Campaign.of("forget", 3);
    var chance = campaign.chance();
    try (var loop = KillLoop.open(folder, KillLoop.patch().into(folder))) {
      var shim = Shim.over(loop.data(), folder.resolve("shim"));
      for (int cut = 0; cut < campaign.n(); cut++) {
        kill(loop, chance, shim.environment());
        DiskLog.afterPowerLoss(shim.log(), loop.data());
        shim.watch();
      }
      var verdict = loop.settle();
      System.out.println("campaign forget: cut off %d, %s".formatted(campaign.n(), verdict));
      assertThat(verdict.problems()).as(campaign.toString()).isEmpty();
    }
  }

  /**
   * After 0.2 to 5 s, mostly soon; one in four while it still starts. Before every other kill the
   * link dies: what was sent then is nobody's.
   */
  private static void kill(KillLoop loop, Random chance, Map<String, String> environment)
      throws Exception {
    try (var gateway = loop.start(environment)) {
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
