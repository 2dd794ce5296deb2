package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full disks, errors in every step of a commit, damaged files, copies of a running one. */
class FaultsTest {

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
  void refusesOnAFullDiskAndGoesOnWithoutAHole() throws Exception {
    bench.readings(1);
    bench.journal.limit(40);
    int kept = 1;
    while (bench.readings(100) instanceof Commit.Kept) {
      kept++;
    }
    assertThat(bench.readings(400))
        .isInstanceOfSatisfying(
            Commit.Refused.class, refused -> assertThat(refused.reason()).contains("disk full"));
    assertThat(bench.journal.last(READINGS)).isEqualTo(kept);
    bench.journal.limit(0);
    assertThat(bench.readings(400)).isInstanceOf(Commit.Kept.class);
    assertThat(bench.journal.last(READINGS)).isEqualTo(kept + 1);
    bench.reopen();
    assertThat(bench.waiting(READINGS)).hasSize(kept + 1).doesNotHaveDuplicates();
  }

  @Test
  void acknowledgesTheRestOfAStreamWhileTheDiskIsFull() throws Exception {
    bench.readings(1);
    bench.journal.limit(1);
    assertThat(bench.readings(500)).isInstanceOf(Commit.Refused.class);
    assertThat(bench.waiting(READINGS)).containsExactly(1L);
    bench.journal.acknowledge(READINGS, 1);
    assertThat(bench.waiting(READINGS)).isEmpty();
  }

  /** At COMMITTED the entry is on the disk when the error comes: it must not come twice. */
  @Test
  void keepsARefusedEntryOnceWhereverTheErrorCame() throws Exception {
    for (var step : Fault.Step.values()) {
      bench.key("before " + step);
      long last = bench.journal.last(READINGS);
      bench.journal.failAt(failing(step));
      assertThat(bench.key("key " + step)).isInstanceOf(Commit.Refused.class);
      assertThat(bench.accept("command " + step)).isInstanceOf(Commit.Refused.class);
      assertThat(bench.journal.knows("key " + step)).isFalse();
      assertThat(bench.journal.last(READINGS)).isEqualTo(last);
      bench.journal.failAt(Fault.NONE);
      assertThat(bench.readings(1)).isInstanceOf(Commit.Kept.class);
      bench.reopen();
      assertThat(bench.journal.last(READINGS)).isEqualTo(last + 1);
      assertThat(bench.journal.knows("before " + step)).isTrue();
      assertThat(bench.journal.knows("key " + step)).isFalse();
      assertThat(bench.journal.commands()).isEmpty();
    }
    assertThat(bench.waiting(READINGS)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  private static Fault failing(Fault.Step at) {
    return step -> {
      if (step == at) {
        throw new SQLException("planted");
      }
    };
  }

  /** As a kill leaves it: the file and its log, copied between two commits. */
  @Test
  void opensACopyTakenWhileItRuns() throws Exception {
    for (int i = 1; i <= 300; i++) {
      bench.readings(1 + i % 5);
      bench.journal.acknowledge(READINGS, i - 3);
      if (i % 60 == 0) {
        var copy = Files.createDirectories(elsewhere.resolve("copy-" + i));
        copy(folder, copy);
        try (var revived = new Bench(copy, new PlainWire(), new HandClock())) {
          assertThat(revived.journal.last(READINGS)).isEqualTo(i);
          assertThat(revived.journal.epoch()).isEqualTo(bench.journal.epoch());
          assertThat(revived.waiting(READINGS)).contains((long) i, i - 1L, i - 2L);
        }
      }
    }
  }

  /** By another process: closing the file in this one would drop SQLite's locks. */
  private static void copy(Path from, Path to) throws Exception {
    var copying =
        new ProcessBuilder("cp", from + "/journal.db", from + "/journal.db-wal", to.toString())
            .inheritIO()
            .start();
    assertThat(copying.waitFor()).isZero();
  }

  @Test
  void losesOnlyTheTornEndOfTheLog() throws Exception {
    for (int i = 0; i < 20; i++) {
      bench.readings(1);
    }
    copy(folder, elsewhere);
    var log = elsewhere.resolve("journal.db-wal");
    try (var channel = Files.newByteChannel(log, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(log) - 500);
    }
    try (var revived = new Bench(elsewhere)) {
      assertThat(revived.journal.setAside()).isNull();
      assertThat(revived.waiting(READINGS)).hasSize(19);
      assertThat(City.gapsIn(revived.waitingTexts(EVENTS)))
          .containsExactly(
              new City.Gap(READINGS, 20, 19 + Jump.FAR, "NOTHING"),
              new City.Gap(EVENTS, 1, Jump.FAR, "NOTHING"));
      assertThat(revived.readings(1)).isInstanceOf(Commit.Kept.class);
      assertThat(revived.waiting(READINGS)).last().isEqualTo(20 + Jump.FAR);
    }
  }

  /** SQLite would drop it and all behind it without a word. */
  @Test
  void aFlippedBitInTheMiddleOfTheLogEndsTheEpoch() throws Exception {
    for (int i = 0; i < 20; i++) {
      bench.readings(1);
    }
    copy(folder, elsewhere);
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
    assertThat(bench.journal.commands()).hasSizeBetween(180, 200);
    bench.reopen();
    assertThat(bench.waiting(READINGS)).hasSameSizeAs(frames);
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
      channel.write(java.nio.ByteBuffer.wrap(noise));
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

  /** A person's tool holds one state of the file open, and the log cannot be begun anew. */
  @Test
  void tellsOfALogThatGrowsAndShortensItWhenItCan() throws Exception {
    bench.close();
    bench = new Bench(folder, new PlainWire(1000), bench.clock);
    bench.readings(1);
    try (var reader = Database.read(folder.resolve("journal.db"))) {
      Database.tell(reader, "BEGIN");
      Database.number(reader, "SELECT max(seq) FROM readings");
      for (int i = 0; bench.journal.written().log() <= LogWatch.MUCH; i++) {
        assertThat(bench.readings(600)).as("commit %d", i).isInstanceOf(Commit.Kept.class);
      }
      bench.journal.free(Duration.ofHours(1));
      bench.journal.free(Duration.ofHours(1));
    }
    assertThat(bench.journal.unacknowledged(EVENTS, 1, 10, 10))
        .singleElement()
        .satisfies(frame -> assertThat(Bench.text(frame)).endsWith("\njournal.db-wal"));
    bench.journal.free(Duration.ofHours(1));
    assertThat(bench.journal.written().log()).isLessThan(LogWatch.MUCH / 4);
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
        .containsExactly(new City.Gap(READINGS, 2, 2, "NOTHING"));
    bench.reopen();
    assertThat(bench.waiting(READINGS)).containsExactly(1L, 3L, 4L);
  }

  @Test
  void refusesANewerSchema() throws Exception {
    bench.readings(1);
    bench.close();
    try (var newer = Database.write(folder.resolve("journal.db"))) {
      Database.tell(newer, "PRAGMA user_version = 2");
      Database.meta(newer, "schema", "2");
    }
    assertThatThrownBy(() -> new Bench(folder))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "journal.db: written by a newer version: schema 2, this one knows 1;"
                + " install the newer again");
    try (var older = Database.write(folder.resolve("journal.db"))) {
      Database.tell(older, "PRAGMA user_version = 1");
      Database.meta(older, "schema", "1");
    }
    bench = new Bench(folder);
    assertThat(bench.waiting(READINGS)).containsExactly(1L);
  }

  @Test
  void namesTheFolderThatItCannotUse() throws Exception {
    var file = Files.writeString(elsewhere.resolve("file"), "no folder");
    assertThatThrownBy(() -> new Bench(file.resolve("data")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(file + "/data: not usable for the journal");
  }

  @Test
  void standsAsTheCardNeedsIt() throws Exception {
    try (var look = Database.write(folder.resolve("journal.db"))) {
      assertThat(Database.number(look, "PRAGMA page_size")).isEqualTo(1024);
      assertThat(Database.number(look, "PRAGMA auto_vacuum")).isEqualTo(2);
      assertThat(Database.number(look, "PRAGMA synchronous")).isEqualTo(2);
      assertThat(Database.number(look, "PRAGMA journal_size_limit")).isEqualTo(4194304);
      assertThat(Database.number(look, "PRAGMA wal_autocheckpoint")).isEqualTo(256);
      assertThat(Database.number(look, "PRAGMA cell_size_check")).isEqualTo(1);
      assertThat(Database.number(look, "PRAGMA trusted_schema")).isZero();
    }
    assertThat(folder.resolve("journal.db-wal")).exists();
  }
}
