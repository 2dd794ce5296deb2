package org.kerbside.drivers.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.drivers.testkit.Failure.Call.SYNC;
import static org.kerbside.drivers.testkit.Failure.Call.WRITE;
import static org.kerbside.drivers.testkit.Failure.Way.EIO;
import static org.kerbside.drivers.testkit.Failure.Way.SHORT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process under the shim, told line by line what to do with its folder. */
@NeedsPeer("cc")
class ShimTest {

  @TempDir Path folder;
  @TempDir Path place;
  private Shim shim;
  private Child child;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("old"), "old");
    shim = Shim.over(folder, place);
    child = Child.start(Scribbling.class, List.of(), shim.environment(), folder);
  }

  @AfterEach
  void stop() throws InterruptedException {
    child.kill();
  }

  private String does(String line) throws IOException {
    return child.does(line);
  }

  private void doesAll(String... lines) throws IOException {
    for (var line : lines) {
      assertThat(does(line)).as(line).isEqualTo("done");
    }
  }

  @Test
  void seesAllThatBecomesOfTheFolder() throws Exception {
    doesAll(
        "write a 1234567890",
        "append a xyz",
        "put a 20 far",
        "cut a 22",
        "move a b",
        "append old er",
        "write gone 1",
        "delete gone",
        "write a again");
    assertThat(survivors(Loss.NOTHING)).isEqualTo(there()).hasSize(3);
    assertThat(survivors(Loss.UNSYNCED)).isEqualTo(Map.of("old", "old"));
  }

  @Test
  void keepsWhatWasSyncedThroughAPowerLoss() throws Exception {
    doesAll("write a 1", "sync a", "append a 2", "write b 1", "sync-folder .", "append old er");
    child.kill();
    DiskLog.afterPowerLoss(shim.log(), folder);
    assertThat(there()).isEqualTo(Map.of("a", "1", "b", "", "old", "old"));
    shim.watch();
    assertThat(survivors(Loss.UNSYNCED)).isEqualTo(there());
  }

  /** As SQLite does with its logs. */
  @Test
  void keepsTheFileThatWasMadeInThePlaceOfADeletedOne() throws Exception {
    doesAll("write a 1", "delete a", "write a 2", "sync a");
    assertThat(survivors(Loss.UNSYNCED)).containsEntry("a", "2");
    doesAll("sync-folder .");
    assertThat(survivors(Loss.UNSYNCED)).containsEntry("a", "2");
  }

  @Test
  void failsTheCallThatIsMeantUntilItIsHealed() throws Exception {
    shim.plant(Failure.of(EIO, WRITE).at(2).on("a"));
    doesAll("write b 1", "write a 1");
    assertThat(does("append a 2")).isEqualTo("Input/output error");
    doesAll("append a 3");
    assertThat(shim.calls()).isEqualTo(3);
    assertThat(shim.hit()).isEqualTo(1);
    shim.plant(Failure.of(EIO));
    assertThat(does("delete b")).contains("Input/output error");
    shim.heal();
    doesAll("delete b");
    assertThat(there()).isEqualTo(Map.of("a", "13", "old", "old"));
  }

  @Test
  void writesTheFirstHalfAndThenTheDiskIsFull() throws Exception {
    shim.plant(Failure.of(SHORT, WRITE));
    assertThat(does("put old 0 123456")).isEqualTo("No space left on device");
    assertThat(there()).isEqualTo(Map.of("old", "123"));
    assertThat(survivors(Loss.NOTHING)).isEqualTo(there());
  }

  /** The kernel takes the pages of a failed sync for clean. */
  @Test
  void losesForGoodWhatAFailedSyncCovered() throws Exception {
    doesAll("append old 1");
    shim.plant(Failure.of(EIO, SYNC).at(1));
    assertThat(does("sync old")).isEqualTo("Input/output error");
    doesAll("put old 4 2", "sync old");
    assertThat(survivors(Loss.UNSYNCED)).isEqualTo(Map.of("old", "old\0" + "2"));
    doesAll("put old 3 1", "sync old");
    assertThat(survivors(Loss.UNSYNCED)).isEqualTo(Map.of("old", "old12"));
  }

  @Test
  void waitsInEachSync() throws Exception {
    shim.plant(Failure.slowSync(Duration.ofMillis(300)));
    long start = System.nanoTime();
    doesAll("sync old", "sync-folder .");
    assertThat(System.nanoTime() - start).isGreaterThan(600_000_000L);
    assertThat(shim.hit()).isEqualTo(2);
  }

  private Map<String, String> survivors(Loss loss) throws IOException {
    var disk = new Disk();
    DiskLog.read(shim.log()).forEach(disk::take);
    var text = new TreeMap<String, String>();
    disk.survivors(loss, new Random(1))
        .files()
        .forEach((name, bytes) -> text.put(name, new String(bytes, UTF_8)));
    return text;
  }

  private Map<String, String> there() throws IOException {
    var text = new TreeMap<String, String>();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        text.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return text;
  }
}
