package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bits that flip and bytes that go: what is set aside, taken over, left out, and told. */
class DamageTest {

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void losesOnlyTheTornEndOfTheLog() throws Exception {
    for (int i = 0; i < 20; i++) {
      bench.readings(1);
    }
    FaultsTest.copy(folder, elsewhere);
    var log = elsewhere.resolve("journal.db-wal");
    try (var channel = Files.newByteChannel(log, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(log) - 500);
    }
    try (var revived = new Bench(elsewhere)) {
      assertThat(revived.journal.setAside()).isNull();
      assertThat(revived.waiting(READINGS)).hasSize(19);
      assertThat(City.gapsIn(revived.waitingTexts(EVENTS)))
          .containsExactly(
              new City.Gap(READINGS, 20, 19 + Jump.FAR, "power", "NOTHING"),
              new City.Gap(EVENTS, 1, Jump.FAR, "power", "NOTHING"));
      assertThat(revived.readings(1)).isInstanceOf(Commit.Kept.class);
      assertThat(revived.waiting(READINGS)).last().isEqualTo(20 + Jump.FAR);
    }
  }

  /**
   * The power goes while a commit is being written. One sector of it is missing, and the next one
   * came only with its salt: before that stands an older log's mark of a commit.
   */
  @Test
  void aTornEndIsNotTakenForACommitByTheMarkOfAnOlderLog() throws Exception {
    int frame = 24 + 1024;
    int torn = 32 + 41 * frame; // the log's first frame with a sector's border before its salt
    assertThat((torn + 8) % 512).isZero();
    var log = folder.resolve("journal.db-wal");
    while (Files.size(log) < torn + 2 * frame) {
      bench.readings(1);
    }
    FaultsTest.copy(folder, elsewhere);
    var copy = elsewhere.resolve("journal.db-wal");
    overwrite(copy, torn - frame, 16);
    try (var channel = Files.newByteChannel(copy, StandardOpenOption.WRITE)) {
      channel.position(torn + 4).write(ByteBuffer.wrap(new byte[] {0, 0, 0, 9}));
      channel.position(torn + frame + 4).write(ByteBuffer.allocate(4));
      channel.truncate(torn + 2 * frame);
    }
    try (var revived = new Bench(elsewhere, new PlainWire(), afterwards())) {
      assertThat(revived.journal.epoch()).isEqualTo(bench.journal.epoch());
    }
  }

  /** SQLite would drop it and all behind it without a word. */
  @Test
  void aFlippedBitInTheMiddleOfTheLogEndsTheEpoch() throws Exception {
    for (int i = 0; i < 20; i++) {
      bench.readings(1);
    }
    FaultsTest.copy(folder, elsewhere);
    var log = elsewhere.resolve("journal.db-wal");
    overwrite(log, Files.size(log) / 2, 1);
    try (var revived = new Bench(elsewhere, new PlainWire(), afterwards())) {
      assertThat(revived.journal.setAside()).isNotNull();
      assertThat(revived.journal.epoch()).isNotEqualTo(bench.journal.epoch());
      assertThat(revived.waiting(READINGS)).isNotEmpty().hasSizeLessThan(20);
    }
  }

  @Test
  void setsADamagedFileAsideAndBeginsANewEpoch() throws Exception {
    var epoch = bench.journal.epoch();
    bench.readings(500);
    bench.close();
    overwrite(folder.resolve("journal.db"), 0, 2048);
    bench.clock.pass(Duration.ofSeconds(1));
    bench = new Bench(folder, new PlainWire(), bench.clock);
    assertThat(bench.journal.setAside()).isNotNull();
    assertThat(folder.resolve("journal-damaged-1.db")).exists();
    assertThat(bench.journal.epoch()).isNotEqualTo(epoch);
    assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
    assertThat(bench.journal.last(READINGS)).isPositive();
  }

  /** Found by the campaign «corrupted», seed 179838509120551: another name, well formed. */
  @Test
  void aFlippedBitInTheEpochsNameEndsTheEpoch() throws Exception {
    bench.readings(5);
    bench.close();
    tell(
        "UPDATE meta SET value = char(unicode(value) + 1) || substr(value, 2) WHERE name = 'epoch'");
    assertThat(Survey.whole(folder, new PlainWire()).problems())
        .contains("meta 'epoch' does not add up");
    bench = new Bench(folder, new PlainWire(), afterwards());
    assertThat(bench.journal.setAside()).isNotNull();
    assertThat(bench.waiting(READINGS)).hasSize(1);
  }

  /** It would pass for the city's word on what was never sent. */
  @Test
  void aFlippedBitInWhatIsAcknowledgedAcknowledgesNothing() throws Exception {
    for (int i = 0; i < 9; i++) {
      bench.readings(1);
    }
    bench.journal.acknowledge(READINGS, 1, 5);
    bench.journal.persistCursors();
    bench.close();
    tell("UPDATE acknowledged SET ranges = replace(ranges, '1-5', '1-7') WHERE stream = 'd'");
    bench = new Bench(folder);
    assertThat(bench.waiting(READINGS)).hasSize(9);
  }

  private void tell(String change) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(change)).isOne();
    }
  }

  @Test
  void tellsOfDamageUntilThatIsCommitted() throws Exception {
    bench.readings(500);
    bench.close();
    overwrite(folder.resolve("journal.db"), 0, 100);
    bench = new Bench(folder, new PlainWire(), bench.clock);
    assertThat(bench.journal.found()).hasSize(2);
    bench.readings(1);
    bench.reopen();
    var found = bench.journal.found();
    assertThat(found).hasSize(2);
    bench.journal.commit(bench.entry(List.of(), List.copyOf(found), List.of(), List.of()));
    assertThat(bench.journal.found()).isEmpty();
    bench.reopen();
    assertThat(bench.journal.setAside()).isNull();
    assertThat(bench.waiting(EVENTS)).containsExactly(1L, 2L);
  }

  /** A kill between setting aside and the first table: the new journal still knows. */
  @Test
  void tellsOfDamageThatAnEarlierStartSetAside() throws Exception {
    bench.readings(1);
    bench.close();
    Database.setAside(folder);
    bench = new Bench(folder, new PlainWire(), bench.clock);
    var salvaged = List.of("1 frames of stream d taken over", "0 frames of stream e taken over");
    assertThat(bench.journal.setAside())
        .isEqualTo(new SetAside(Path.of("journal-damaged-1.db"), salvaged));
    assertThat(bench.waiting(READINGS)).containsExactly(1L);
  }

  /** Of 200 frames a page of noise takes a few; what the city has is not told again. */
  @Test
  void takesOverWhatIsReadable() throws Exception {
    for (int i = 0; i < 200; i++) {
      bench.readings(20);
      bench.events("event " + i);
      bench.accept("command-" + i);
    }
    bench.acknowledge(READINGS, 1, 50);
    bench.close();
    var file = folder.resolve("journal.db");
    overwrite(file, Files.size(file) / 2048 * 1024, 1024);
    var epoch = bench.journal.epoch();
    bench.clock.pass(Duration.ofSeconds(1));
    bench = new Bench(folder, new PlainWire(), bench.clock);
    assertThat(bench.journal.epoch()).isNotEqualTo(epoch);
    var frames = bench.journal.unacknowledged(READINGS, 1, Long.MAX_VALUE, 1000);
    assertThat(frames).hasSizeBetween(140, 150);
    assertThat(frames).allSatisfy(frame -> assertThat(Bench.text(frame)).contains(" d "));
    assertThat(bench.waiting(EVENTS)).hasSizeBetween(190, 200);
    assertThat(bench.journal.commands(Duration.ofMinutes(1))).hasSizeBetween(180, 200);
    bench.reopen();
    assertThat(bench.waiting(READINGS)).hasSameSizeAs(frames);
  }

  /** What stood still stands: its frames are a new epoch's, and none of them is heard anew. */
  @Test
  void takesOverTheLastWholeSnapshot() throws Exception {
    bench.readings(20);
    bench.remember("the first");
    bench.readings(20);
    bench.remember("the last");
    bench.readings(20);
    bench.close();
    overwrite(folder.resolve("journal.db"), 1024, 1024);
    bench = new Bench(folder, new PlainWire(), bench.clock);
    assertThat(bench.journal.setAside()).isNotNull();
    var remembered = bench.journal.remembered();
    assertThat(remembered).hasSize(1);
    assertThat(new String(remembered.getFirst().body(), StandardCharsets.UTF_8))
        .isEqualTo("the last");
    assertThat(bench.waiting(READINGS)).isNotEmpty();
    assertThat(bench.journal.later(0)).isEmpty();
    bench.reopen();
    bench.readings(1);
    assertThat(bench.journal.later(remembered.getFirst().readings())).hasSize(1);
  }

  @Test
  void keepsThreeDamagedFilesAtMost() throws Exception {
    for (int i = 0; i < 5; i++) {
      bench.close();
      overwrite(folder.resolve("journal.db"), 0, 2048);
      bench = new Bench(folder, new PlainWire(), bench.clock);
    }
    assertThat(folder.resolve("journal-damaged-2.db")).doesNotExist();
    assertThat(folder.resolve("journal-damaged-3.db")).exists();
    assertThat(folder.resolve("journal-damaged-5.db")).exists();
  }

  /** Any page hit by noise: it opens, with all frames or with a new epoch, and never throws. */
  @Test
  void opensWhateverPageIsDamaged() throws Exception {
    for (int i = 0; i < 40; i++) {
      bench.readings(20);
    }
    var epoch = bench.journal.epoch();
    bench.close();
    var whole = Files.readAllBytes(folder.resolve("journal.db"));
    var chance = new Random(7);
    int found = 0;
    for (int page = 0; page < whole.length / 1024; page++) {
      var damaged = whole.clone();
      for (int i = 0; i < 64; i++) {
        damaged[page * 1024 + chance.nextInt(1024)] ^= (byte) (1 + chance.nextInt(255));
      }
      var place = Files.createDirectories(elsewhere.resolve("page-" + page));
      Files.write(place.resolve("journal.db"), damaged);
      try (var revived = new Bench(place, new PlainWire(), afterwards())) {
        assertThat(revived.readings(1)).as("page %d", page).isInstanceOf(Commit.Kept.class);
        boolean fresh = revived.journal.setAside() != null;
        assertThat(revived.journal.epoch().equals(epoch)).as("page %d", page).isNotEqualTo(fresh);
        found += fresh ? 1 : 0;
      }
    }
    assertThat(found).isPositive();
    bench = new Bench(folder, new PlainWire(), bench.clock);
    assertThat(bench.waiting(READINGS)).hasSize(40);
  }

  private static HandClock afterwards() {
    var clock = new HandClock();
    clock.stepWall(Duration.ofHours(1));
    return clock;
  }

  private static void overwrite(Path file, long from, int count) throws Exception {
    var noise = new byte[count];
    new Random(1).nextBytes(noise);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.position(from);
      channel.write(ByteBuffer.wrap(noise));
    }
  }

  /** A card was swapped: no seq of the old epoch is given again. */
  @Test
  void lostFilesBeginANewEpoch() throws Exception {
    var epoch = bench.journal.epoch();
    bench.readings(1);
    bench.close();
    try (var files = Files.newDirectoryStream(folder, "journal.*")) {
      for (var file : files) {
        Files.delete(file);
      }
    }
    bench = new Bench(folder, new PlainWire(), afterwards());
    assertThat(bench.journal.epoch()).isNotEqualTo(epoch);
    assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
  }

  @Test
  void aDamagedFrameIsLeftOutAndTold() throws Exception {
    bench.readings(1);
    bench.readings(2);
    bench.readings(3);
    bench.close();
    try (var hand = Database.write(folder.resolve("journal.db"))) {
      Database.tell(hand, "UPDATE readings SET body = replace(body, '1.0', '7.0') WHERE seq = 2");
    }
    bench = new Bench(folder);
    assertThat(bench.waiting(READINGS)).containsExactly(1L, 3L);
    bench.readings(1);
    assertThat(bench.journal.waiting(READINGS)).isEqualTo(3);
    assertThat(City.gapsIn(bench.waitingTexts(EVENTS)))
        .containsExactly(new City.Gap(READINGS, 2, 2, "corrupt", "NOTHING"));
    bench.reopen();
    assertThat(bench.waiting(READINGS)).containsExactly(1L, 3L, 4L);
  }
}
