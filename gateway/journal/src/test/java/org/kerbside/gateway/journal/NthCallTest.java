package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.Child;
import org.kerbside.drivers.testkit.Disk;
import org.kerbside.drivers.testkit.DiskLog;
import org.kerbside.drivers.testkit.Failure;
import org.kerbside.drivers.testkit.Failure.Way;
import org.kerbside.drivers.testkit.Loss;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Shim;

/**
 * The disk fails at the Nth call, once or from then on until it is healed, with an i/o error, a
 * full disk or half a write. Nobody is told «kept» of what is not; healed, the journal goes on by
 * itself; and what it keeps then outlives a power cut, though a failed sync has lost what it
 * covered.
 */
@NeedsPeer("cc")
@Tag("nth-call")
class NthCallTest {

  /** The log of the last trial, for who looks into a failure. */
  private static final Path LEFT = Path.of("target", "nth-call.log");

  private static final List<Way> WAYS = List.of(Way.EIO, Way.ENOSPC, Way.SHORT);

  @TempDir(factory = InMemory.class)
  Path place;

  private Shim shim;
  private Child child;

  @BeforeEach
  void start() throws Exception {
    shim = Shim.over(place.resolve("data"), place.resolve("shim"));
    var flags =
        List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-Dorg.sqlite.tmpdir=" + place);
    child = Child.start(Trial.class, flags, shim.environment(), shim.log());
  }

  @AfterEach
  void stop() throws InterruptedException {
    child.kill();
  }

  private String does(String line) throws IOException {
    return child.does(line);
  }

  @Test
  void neverSaysKeptOfWhatIsNotAndGoesOnWhenTheDiskDoes() throws Exception {
    var campaign = Campaign.of("nth-call", 200);
    var chance = campaign.chance();
    long calls = callsOfALife();
    int refusals = 0;
    for (int i = 0; i < campaign.n(); i++) {
      long nth = 1 + (campaign.n() < calls ? i * calls / campaign.n() : i % calls);
      var failure = Failure.of(WAYS.get(i % WAYS.size()));
      var planted = chance.nextBoolean() ? failure.at(nth) : failure.from(nth);
      var seed = chance.nextLong();
      var as = "%s: %s, data-%d".formatted(campaign, planted, i);
      refusals += tried(i, planted, seed, as) ? 1 : 0;
    }
    System.out.printf(
        "campaign nth-call: %d trials over the %d calls of a life, %d refused, nothing lost%n",
        campaign.n(), calls, refusals);
    assertThat(refusals).as("%s: refusals", campaign).isPositive();
  }

  private long callsOfALife() throws IOException {
    shim.plant(Failure.of(Way.EIO).from(Long.MAX_VALUE));
    assertThat(does("live " + shim.folder().resolve("data") + " 1"))
        .startsWith("lived, refused: n");
    assertThat(does("mend")).isEqualTo("mended");
    new Disk.Survivors(Map.of()).write(shim.folder());
    return shim.calls();
  }

  /** Whether anything was refused. */
  private boolean tried(int round, Failure failure, long seed, String as) throws Exception {
    var folder = shim.folder().resolve("data-" + round);
    shim.watch();
    shim.plant(failure);
    var lived = does("live %s %d".formatted(folder, seed));
    assertThat(lived).as(as).doesNotStartWith("mistake");
    shim.heal();
    assertThat(does("mend")).as("%s: %s", as, lived).isEqualTo("mended");
    Files.copy(shim.log(), LEFT, StandardCopyOption.REPLACE_EXISTING);
    check(DiskLog.read(shim.log()), folder, new Random(seed), as + ": " + lived);
    new Disk.Survivors(Map.of()).write(shim.folder());
    return !lived.endsWith("nothing");
  }

  /** Killed at the end, power lost at the end, and at three instants before. */
  private void check(List<DiskLog.Step> life, Path folder, Random chance, String as)
      throws Exception {
    var disk = new Disk();
    var promises = new Promises();
    var instants = chance.ints(3, 0, life.size()).boxed().toList();
    for (int i = 0; i < life.size(); i++) {
      disk.take(life.get(i));
      if (life.get(i) instanceof DiskLog.Step.Noted(var promise)) {
        promises.take(promise);
      }
      if (instants.contains(i)) {
        check(disk, Loss.UNSYNCED, promises, folder, as + ": power lost after step " + i);
      }
    }
    check(disk, Loss.NOTHING, promises, folder, as + ": killed");
    check(disk, Loss.UNSYNCED, promises, folder, as + ": power lost");
  }

  private void check(Disk disk, Loss loss, Promises promises, Path folder, String as)
      throws Exception {
    var left = place.resolve("left");
    disk.survivors(loss, new Random(1)).write(left);
    var data = left.resolve(String.valueOf(folder.getFileName()));
    assertThatCode(() -> promises.areKeptBy(data))
        .as("%s: %s", as, promises)
        .doesNotThrowAnyException();
  }
}
