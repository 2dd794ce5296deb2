package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * A file system that is really full, for seconds in CI and for ten minutes by hand ({@code --long
 * full-disk --n 600}): rules move lamps as before, nobody is told a lie, and the way back needs
 * nobody. Mounting it needs root.
 */
class FullDiskControlTest {

  private static final Duration BEAT = Duration.ofMillis(50);
  private static final double AT_MOST_LATER = 100; // ms, the and the paper's figure

  @TempDir private Path disk;
  private Path filler;
  private Cabinet cabinet;
  private final List<Told> senders = new ArrayList<>();

  /** What a sensor said, and what it heard. */
  private record Told(double value, Cabinet.Sender sender) {

    boolean isKept() {
      return sender.heard().equals("kept");
    }
  }

  @BeforeEach
  void mount() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=16m", "kerbside-test", disk.toString());
    filler = disk.resolve("filler");
    cabinet =
        new Cabinet(Files.createDirectory(disk.resolve("data")), new FastClock(Street.NOON, 1));
  }

  @AfterEach
  void unmount() throws Exception {
    cabinet.close();
    run("umount", "-l", disk.toString());
  }

  @Test
  @Tag("full-disk")
  void controlGoesOnNothingIsLostAndTheWayBackNeedsNobody() throws Exception {
    var campaign = Campaign.of("full-disk", 10); // seconds
    Await.until("the programme has set the lamp", () -> cabinet.moved.poll() != null);
    beat(20); // warms up
    var usual = beat(100);

    fill();
    var full = beat((int) (campaign.n() / (BEAT.toMillis() / 1e3)));
    assertThat(senders.stream().filter(Told::isKept).count())
        .as("some stay without an answer while the disk is full")
        .isLessThan(senders.size());
    Files.delete(filler);
    long freed = System.nanoTime();
    Await.until("all are acknowledged", this::allAreKept, Duration.ofSeconds(60), this::missing);
    double back = (System.nanoTime() - freed) / 1e9;

    System.out.printf(
        "campaign full-disk: %d moves while full: p50 %.1f, p99 %.1f, max %.1f ms (usual %.1f, %.1f,"
            + " %.1f); back after %.1f s; %d acknowledged%n",
        full.size(),
        percentile(full, 50),
        percentile(full, 99),
        percentile(full, 100),
        percentile(usual, 50),
        percentile(usual, 99),
        percentile(usual, 100),
        back,
        senders.size());
    assertThat(percentile(full, 99))
        .as("ms from a reading to the lamp's move; usual %.1f", percentile(usual, 99))
        .isLessThan(percentile(usual, 99) + AT_MOST_LATER);
    assertThat(cabinet.kept("a1/p0"))
        .containsExactlyInAnyOrderElementsOf(senders.stream().map(Told::value).toList());
  }

  /** Who was refused says it again, as every sender does. */
  private boolean allAreKept() throws InterruptedException {
    for (int i = 0; i < senders.size(); i++) {
      var told = senders.get(i);
      if (told.sender().heard().startsWith("refused")) {
        senders.set(i, says(told.value()));
      }
    }
    return senders.stream().allMatch(Told::isKept);
  }

  private String missing() {
    return "but only " + senders.stream().filter(Told::isKept).count();
  }

  private Told says(double value) throws InterruptedException {
    return new Told(value, cabinet.says("a1", Sample.of("p0", value, Unit.RATIO)));
  }

  /** So many turns of a lamp, one a beat; how long each took from its reading on, in ms. */
  private List<Double> beat(int moves) throws Exception {
    var latencies = new ArrayList<Double>();
    for (int i = 0; i < moves; i++) {
      long start = System.nanoTime();
      cabinet.says("lamp-1", Sample.of("power", i % 2 == 0 ? 150 : 60, Unit.WATT));
      assertThat(cabinet.moved.poll(10, TimeUnit.SECONDS))
          .as("move %d", i)
          .isEqualTo(new Value.Num(i % 2 == 0 ? .3 : 0));
      latencies.add((System.nanoTime() - start) / 1e6);
      double value = senders.size() % 50;
      senders.add(new Told(value, cabinet.says("a1", Sample.of("p0", value, Unit.RATIO))));
      TimeUnit.MILLISECONDS.sleep(BEAT.toMillis());
    }
    return latencies;
  }

  private void fill() throws IOException, InterruptedException {
    long free = Files.getFileStore(disk).getUsableSpace();
    try (var out = Files.newOutputStream(filler)) {
      out.write(new byte[(int) free]);
    }
    // What the journal gives back by its ballast is taken as well.
    for (int i = 0; i < 20; i++) {
      cabinet.says("a1", Sample.of("p1", i % 2 * 50, Unit.RATIO));
      TimeUnit.MILLISECONDS.sleep(50);
      top();
    }
  }

  private void top() throws IOException {
    long free = Files.getFileStore(disk).getUsableSpace();
    if (free > 0) {
      try (var out = Files.newOutputStream(filler, java.nio.file.StandardOpenOption.APPEND)) {
        out.write(new byte[(int) free]);
      }
    }
  }

  private static double percentile(List<Double> latencies, double percent) {
    var sorted = new ArrayList<>(latencies);
    Collections.sort(sorted);
    return sorted.get((int) Math.max(0, Math.ceil(percent / 100 * sorted.size()) - 1));
  }

  private static void run(String... words) throws Exception {
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor())
        .as("%s: %s; run as root, or inside unshare --mount --map-root-user", words[0], said)
        .isZero();
  }
}
