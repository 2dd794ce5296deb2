package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of 8 MB that is really full. Mounting it needs root. */
class FullDiskTest {

  @TempDir Path disk;
  private Path filler;
  private Bench bench;

  @BeforeEach
  void mount() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=8m", "kerbside-test", disk.toString());
    filler = disk.resolve("filler");
    var quota = new Quota(512_000_000, Set.of());
    bench =
        new Bench(
            Files.createDirectory(disk.resolve("data")), new PlainWire(), quota, new HandClock());
  }

  @AfterEach
  void unmount() throws Exception {
    bench.close();
    run("umount", "-l", disk.toString());
  }

  private static void run(String... words) throws Exception {
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor())
        .as("%s: %s; run as root, or inside unshare --mount --map-root-user", words[0], said)
        .isZero();
  }

  /** Leaves so many bytes free. */
  private void fill(long left) throws IOException {
    long free = Files.getFileStore(disk).getUsableSpace() - left;
    try (var out = Files.newOutputStream(filler)) {
      out.write(new byte[(int) free]);
    }
  }

  @Test
  void theBallastIsTheWayBack() throws Exception {
    bench.journal.free(Duration.ofHours(1));
    assertThat(disk.resolve("data").resolve(Ballast.FILE)).hasSize(8 * 1024 * 1024 / 16);
    fill(0);
    int kept = 0;
    while (bench.readings(100) instanceof Commit.Kept) {
      kept++;
    }
    assertThat(disk.resolve("data").resolve(Ballast.FILE)).doesNotExist();
    assertThat(bench.readings(100)).isInstanceOf(Commit.Kept.class);
    assertThat(bench.journal.last(READINGS)).isEqualTo(kept + 1);
  }

  /** SQLite wants 32 KiB for its -shm before it reads a byte. */
  @Test
  void startsOnAFullDisk() throws Exception {
    bench.readings(1);
    bench.journal.free(Duration.ofHours(1));
    bench.close();
    fill(0);
    bench = new Bench(bench.folder, bench.wire, bench.quota, bench.clock);
    assertThat(bench.waiting(READINGS)).containsExactly(1L);
    assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
  }

  @Test
  void commitsAgainWhenThereIsRoomAndLosesNothing() throws Exception {
    fill(0);
    int kept = 0;
    for (int i = 0; i < 400; i++) {
      kept += bench.readings(200) instanceof Commit.Kept ? 1 : 0;
    }
    Files.delete(filler);
    assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
    assertThat(bench.journal.last(READINGS)).isEqualTo(kept + 1);
    bench.journal.free(Duration.ofHours(1));
    assertThat(disk.resolve("data").resolve(Ballast.FILE)).exists();
    bench.reopen();
    drainAll();
  }

  /** The quota would allow 512 MB, the disk does not: telemetry gives way before it is full. */
  @Test
  void thinsWhileTheDiskStillHasRoom() throws Exception {
    fill(4_000_000);
    for (int i = 0; i < 1_500; i++) {
      assertThat(bench.readings(200)).as("commit %d", i).isInstanceOf(Commit.Kept.class);
      bench.clock.pass(Duration.ofSeconds(5));
    }
    assertThat(Files.getFileStore(disk).getUsableSpace()).isPositive();
    assertThat(drainAll().thinned()).isPositive();
  }

  private City drainAll() {
    var city = new City();
    city.drain(bench.journal);
    city.findsNoUnexplainedHole(bench.journal);
    return city;
  }
}
