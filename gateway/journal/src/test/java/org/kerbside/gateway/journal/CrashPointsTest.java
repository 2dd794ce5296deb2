package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.Disk;
import org.kerbside.drivers.testkit.DiskLog;
import org.kerbside.drivers.testkit.Loss;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Shim;

/**
 * Law 1: a power cut at any instant of a journal's life, in a commit, a checkpoint, a step of the
 * ladder, a salvage, with what was not synced gone, reordered or torn. It opens, sound, and all
 * that was acknowledged is there.
 */
@NeedsPeer("cc")
@Tag("crash-points")
class CrashPointsTest {

  private static final int POINTS_OF_A_LIFE = 1000;

  @TempDir(factory = InMemory.class)
  Path place;

  @Test
  void keepsWhatItAcknowledgedAtWhateverInstantThePowerGoes() throws Exception {
    var campaign = Campaign.of("crash-points", 2000);
    var chance = campaign.chance();
    long steps = 0;
    for (int left = campaign.n(); left > 0; left -= POINTS_OF_A_LIFE) {
      long seed = chance.nextLong();
      var life = lived(seed);
      steps += life.size();
      check(life, Math.min(left, POINTS_OF_A_LIFE), campaign, new Random(seed));
    }
    System.out.printf(
        "campaign crash-points: %d of %d instants opened, nothing lost%n", campaign.n(), steps);
  }

  /** The checker is checked: a journal that syncs at checkpoints only must be found out. */
  @Test
  void findsOutAJournalThatDoesNotSyncEachCommit() throws Exception {
    var life = lived(1, "normal");
    var disk = new Disk();
    var promises = new Promises();
    life.forEach(step -> take(step, disk, promises));
    var left = place.resolve("left");
    disk.survivors(Loss.UNSYNCED, new Random(1)).write(left);
    assertThatThrownBy(() -> promises.areKeptBy(left)).isInstanceOf(AssertionError.class);
    disk.survivors(Loss.NOTHING, new Random(1)).write(left);
    promises.areKeptBy(left);
  }

  private List<DiskLog.Step> lived(long seed, String... more) throws Exception {
    var shim = Shim.over(place.resolve("data-" + seed), place.resolve("shim"));
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + place,
                "-cp",
                System.getProperty("java.class.path"),
                Life.class.getName(),
                shim.folder().toString(),
                shim.log().toString(),
                Long.toString(seed)));
    line.addAll(List.of(more));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(shim.environment());
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return DiskLog.read(shim.log()).stream().map(CrashPointsTest::withoutBallast).toList();
  }

  /** Eight megabytes of zeros at each instant would be most of the work. */
  private static DiskLog.Step withoutBallast(DiskLog.Step step) {
    return step instanceof DiskLog.Step.Wrote(var file, _, var bytes) && bytes.capacity() > 32_768
        ? new DiskLog.Step.Wrote(file, 0, ByteBuffer.allocate(0))
        : step;
  }

  private void check(List<DiskLog.Step> life, int points, Campaign campaign, Random chance)
      throws Exception {
    var disk = new Disk();
    var promises = new Promises();
    var losses = List.of(Loss.UNSYNCED, Loss.REORDERED, Loss.TORN_512, Loss.TORN_4096);
    var left = place.resolve("left");
    var instants = chance.ints(points, 0, life.size()).sorted().toArray();
    int next = 0;
    for (int i = 0; i < life.size(); i++) {
      take(life.get(i), disk, promises);
      for (; next < instants.length && instants[next] == i; next++) {
        var loss = losses.get(chance.nextInt(losses.size()));
        disk.survivors(loss, chance).write(left);
        assertThatCode(() -> promises.areKeptBy(left))
            .as("%s: power lost after step %d, %s, %s", campaign, i, loss, promises)
            .doesNotThrowAnyException();
      }
    }
  }

  private static void take(DiskLog.Step step, Disk disk, Promises promises) {
    disk.take(step);
    if (step instanceof DiskLog.Step.Noted(var promise)) {
      promises.take(promise);
    }
  }
}
