package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/**
 * One to 64 bytes of a journal or its log flipped or cut, wherever they are. It is up within 15 s,
 * and either all that was acknowledged is there as it was, or the city is told.
 */
@Tag("corrupted")
class CorruptedTest {

  private static final Duration UP = Duration.ofSeconds(15);
  private static final List<String> FILES = List.of(Database.FILE, Database.FILE + "-wal");

  @TempDir(factory = InMemory.class)
  Path place;

  private final Map<Stream, Map<Long, String>> kept = new EnumMap<>(Stream.class);
  private final Map<String, byte[]> whole = new TreeMap<>();
  private String epoch = "";

  /** How often a journal was found … */
  private int sound;

  private int jumped;
  private int leftOut;
  private int setAside;

  /** As a kill leaves it: half of it in the file, half in the log. */
  @BeforeEach
  void live() throws Exception {
    var folder = place.resolve("data");
    try (var bench = new Bench(folder)) {
      for (int i = 0; i < 60; i++) {
        bench.readings(1 + i % 40);
        bench.events("event " + i);
        bench.accept("command-" + i);
        if (i % 20 == 0) {
          bench.journal.acknowledge(READINGS, 1, i / 2);
          bench.journal.persistCursors();
        }
      }
      epoch = bench.journal.epoch();
      for (var stream : Stream.values()) {
        kept.put(stream, texts(bench, stream));
      }
      var copying = new ProcessBuilder("cp", "-r", folder.toString(), place + "/copy").start();
      assertThat(copying.waitFor()).isZero();
    }
    for (var file : FILES) {
      whole.put(file, Files.readAllBytes(place.resolve("copy").resolve(file)));
    }
  }

  private static Map<Long, String> texts(Bench bench, Stream stream) {
    var texts = new TreeMap<Long, String>();
    for (StoredFrame frame :
        bench.journal.unacknowledged(stream, 1, Long.MAX_VALUE, Integer.MAX_VALUE)) {
      texts.put(frame.seq(), Bench.text(frame));
    }
    return texts;
  }

  @Test
  void neverLosesInSilenceWhatFlippedOrCutBytesTake() throws Exception {
    var campaign = Campaign.of("corrupted", 200);
    var chance = campaign.chance();
    for (int i = 0; i < campaign.n(); i++) {
      long seed = chance.nextLong();
      var folder = place.resolve("damaged");
      var what = damage(folder, new Random(seed));
      assertThatCode(() -> look(folder))
          .as("%s: the %dth: %s", campaign, i, what)
          .doesNotThrowAnyException();
      try (var files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
    System.out.printf(
        "campaign corrupted: %d sound, %d with frames left out, %d with a commit left out, %d set aside%n",
        sound, leftOut, jumped, setAside);
  }

  private String damage(Path folder, Random chance) throws Exception {
    Files.createDirectories(folder);
    for (var file : whole.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    var name = FILES.get(chance.nextInt(FILES.size()));
    var bytes = whole.getOrDefault(name, new byte[0]).clone();
    int count = 1 + chance.nextInt(64);
    int at = chance.nextInt(bytes.length - count);
    return switch (chance.nextInt(4)) {
      case 0 -> {
        for (int i = 0; i < count; i++) {
          bytes[at + i] ^= (byte) (1 + chance.nextInt(255));
        }
        yield written(folder, name, bytes, count + " bytes flipped at " + at);
      }
      case 1 -> {
        for (int i = 0; i < count; i++) {
          bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
        }
        yield written(folder, name, bytes, count + " bits flipped anywhere");
      }
      case 2 -> {
        var shorter = Arrays.copyOf(bytes, bytes.length - count);
        System.arraycopy(bytes, at + count, shorter, at, shorter.length - at);
        yield written(folder, name, shorter, count + " bytes cut out at " + at);
      }
      default ->
          written(
              folder,
              name,
              Arrays.copyOf(bytes, bytes.length - count),
              count + " bytes cut off the end");
    };
  }

  private static String written(Path folder, String name, byte[] bytes, String what)
      throws Exception {
    Files.write(folder.resolve(name), bytes);
    return name + ": " + what;
  }

  private void look(Path folder) throws Exception {
    var clock = new HandClock();
    clock.stepWall(Duration.ofDays(1));
    long start = System.nanoTime();
    try (var bench = new Bench(folder, new PlainWire(), clock)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as("up").isLessThan(UP);
      if (bench.journal.epoch().equals(epoch)) {
        isWholeOrTold(bench);
      } else {
        isSalvaged(bench, folder);
      }
      assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
    }
  }

  /** The first look may meet damaged frames, which the next commit tells. */
  private void isWholeOrTold(Bench bench) {
    assertThat(bench.journal.setAside()).isNull();
    for (var stream : Stream.values()) {
      texts(bench, stream);
    }
    assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
    var gaps = City.gapsIn(texts(bench, EVENTS).values());
    for (var stream : Stream.values()) {
      var there = texts(bench, stream);
      var told = new Ranges();
      gaps.stream()
          .filter(gap -> gap.of() == stream)
          .forEach(gap -> told.add(gap.from(), gap.to()));
      expected(stream)
          .forEach(
              (seq, text) ->
                  assertThat(told.contains(seq) ? text : there.get(seq))
                      .as("frame %d of %s", seq, stream)
                      .isEqualTo(text));
    }
    boolean isJump = gaps.stream().anyMatch(gap -> gap.to() - gap.from() > 1);
    sound += gaps.isEmpty() ? 1 : 0;
    jumped += isJump ? 1 : 0;
    leftOut += !gaps.isEmpty() && !isJump ? 1 : 0;
  }

  private Map<Long, String> expected(Stream stream) {
    return kept.getOrDefault(stream, Map.of());
  }

  private void isSalvaged(Bench bench, Path folder) {
    var aside = bench.journal.setAside();
    assertThat(aside).as("set aside").isNotNull();
    assertThat(folder.resolve("journal-damaged-1.db")).exists();
    assertThat(bench.journal.found())
        .anySatisfy(
            event ->
                assertThat(event)
                    .isInstanceOfSatisfying(
                        Event.Gap.class, gap -> assertThat(gap.reason()).isEqualTo("corrupt")));
    for (var stream : Stream.values()) {
      assertThat(bodies(expected(stream).values()))
          .containsAll(bodies(texts(bench, stream).values()));
    }
    setAside++;
  }

  /** Without the line that says where the frame stands. */
  private static Set<String> bodies(Iterable<String> texts) {
    var bodies = new HashSet<String>();
    texts.forEach(text -> bodies.add(text.substring(text.indexOf('\n'))));
    return bodies;
  }
}
