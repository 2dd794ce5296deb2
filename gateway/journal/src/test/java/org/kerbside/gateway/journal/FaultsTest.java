package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full disks, errors in every step of a commit, copies of a running one. */
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
      assertThat(bench.journal.commands(Duration.ofMinutes(1))).isEmpty();
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
  static void copy(Path from, Path to) throws Exception {
    var copying =
        new ProcessBuilder("cp", from + "/journal.db", from + "/journal.db-wal", to.toString())
            .inheritIO()
            .start();
    assertThat(copying.waitFor()).isZero();
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
