package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire;

class JournalTest {

  private static final Duration KEEP = Duration.ofMinutes(10);

  @TempDir Path folder;
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
  void numbersFramesWithoutHolesOverRestarts() throws Exception {
    bench.readings(3);
    bench.events("a", "b");
    bench.reopen();
    assertThat(bench.readings(1)).isEqualTo(kept(2, 2, 3, 2));
    assertThat(bench.events("c")).isEqualTo(kept(3, 2, 3, 3));
    assertThat(bench.waiting(READINGS)).containsExactly(1L, 2L);
    assertThat(bench.waiting(EVENTS)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void keepsItsEpochOverRestarts() throws Exception {
    var epoch = bench.journal.epoch();
    assertThat(epoch).isEqualTo("01KWEB2A00");
    bench.clock.pass(Duration.ofDays(1));
    bench.reopen();
    assertThat(bench.journal.epoch()).isEqualTo(epoch);
    assertThat(bench.journal.setAside()).isNull();
  }

  @Test
  void writesNothingForNothing() {
    assertThat(bench.readings(0)).isEqualTo(kept(1, 0, 1, 0));
    assertThat(bench.journal.written().commits()).isZero();
  }

  @Test
  void cutsFramesAtFiveHundredReadings() {
    assertThat(bench.readings(1001)).isEqualTo(kept(1, 3, 1, 0));
    var lines = new ArrayList<Long>();
    for (var frame : bench.journal.unacknowledged(READINGS, 1, 9, 9)) {
      lines.add(Bench.text(frame).lines().count() - 1);
    }
    assertThat(lines).containsExactly(500L, 500L, 1L);
  }

  @Test
  void cutsFramesAtTheirBytes() throws Exception {
    bench.close();
    bench = new Bench(folder, new PlainWire(1000), bench.clock);
    bench.readings(300);
    var frames = bench.journal.unacknowledged(READINGS, 1, 9, 9);
    assertThat(frames).allMatch(frame -> frame.rendered().payload().length <= Cut.MOST_BYTES);
    assertThat(frames.stream().mapToLong(frame -> Bench.text(frame).lines().count() - 1).sum())
        .isEqualTo(300);
    assertThat(Bench.text(frames.get(1))).startsWith("G-1 " + bench.journal.epoch() + " d 2\n");
  }

  @Test
  void handsOutTheSameBytesFromMemoryAndFromDisk() throws Exception {
    bench.readings(7);
    bench.events("a");
    var near = bench.journal.unacknowledged(READINGS, 1, 1, 1).getFirst().rendered().payload();
    bench.reopen();
    var far = bench.journal.unacknowledged(READINGS, 1, 1, 1).getFirst().rendered().payload();
    assertThat(far).isEqualTo(near).isNotEmpty();
  }

  /** More frames than memory holds, with holes on both sides of its edge. */
  @Test
  void skipsWhatIsAcknowledgedOnDiskAndInMemory() {
    bench.events(Collections.nCopies(3000, "a").toArray(String[]::new));
    bench.acknowledge(EVENTS, 1, 10);
    bench.acknowledge(EVENTS, 13, 500);
    bench.acknowledge(EVENTS, 502, 2990);
    bench.acknowledge(EVENTS, 2995, 2999);
    assertThat(bench.waiting(EVENTS, 1, 3000, 100))
        .containsExactly(11L, 12L, 501L, 2991L, 2992L, 2993L, 2994L, 3000L);
    assertThat(bench.waiting(EVENTS, 1, 3000, 2)).containsExactly(11L, 12L);
    assertThat(bench.waiting(EVENTS, 12, 2992, 100)).containsExactly(12L, 501L, 2991L, 2992L);
    assertThat(bench.waiting(EVENTS, 2993, 2999, 100)).containsExactly(2993L, 2994L);
    assertThat(bench.waiting(EVENTS, 2995, 2999, 100)).isEmpty();
    assertThat(bench.journal.waiting(EVENTS)).isEqualTo(8);
  }

  @Test
  void remembersAcknowledgementsOverRestarts() throws Exception {
    for (int i = 0; i < 5; i++) {
      bench.readings(1);
    }
    bench.acknowledge(READINGS, 2, 3);
    bench.reopen();
    assertThat(bench.waiting(READINGS)).containsExactly(1L, 4L, 5L);
    assertThat(bench.journal.waiting(READINGS)).isEqualTo(3);
  }

  @Test
  void believesNoAcknowledgementOfWhatIsNotThere() {
    bench.readings(1);
    bench.acknowledge(READINGS, 0, 3);
    bench.readings(1);
    assertThat(bench.waiting(READINGS)).containsExactly(2L);
  }

  /** A platform's watermark: all up to a seq at once, and what it wants again of them. */
  @Test
  void acknowledgesSpansAndStillHasThemUntilTheyAreFreed() throws Exception {
    for (int i = 0; i < 6; i++) {
      bench.readings(1);
    }
    bench.journal.acknowledge(READINGS, 0, 4);
    bench.journal.acknowledge(READINGS, 6, 99);
    assertThat(bench.waiting(READINGS)).containsExactly(5L);
    assertThat(seqs(bench.journal.kept(READINGS, 3, 99, 2))).containsExactly(3L, 4L);
    bench.clock.pass(Duration.ofHours(1));
    bench.journal.free(Duration.ofMinutes(1));
    assertThat(seqs(bench.journal.kept(READINGS, 1, 99, 9))).containsExactly(5L);
    assertThat(seqs(bench.journal.kept(READINGS, 1, 4, 9))).isEmpty();
    bench.reopen();
    assertThat(bench.waiting(READINGS)).containsExactly(5L);
    bench.readings(1);
    assertThat(bench.waiting(READINGS)).containsExactly(5L, 7L);
  }

  private static List<Long> seqs(@Nullable List<StoredFrame> frames) {
    return Objects.requireNonNull(frames).stream().map(StoredFrame::seq).toList();
  }

  @Test
  void wakesTheDrainAfterFramesOnly() {
    var wakes = new ArrayList<Long>();
    bench.journal.whenCommitted(() -> wakes.add(bench.journal.last(READINGS)));
    bench.readings(1);
    bench.accept("c-1");
    bench.readings(1);
    assertThat(wakes).containsExactly(1L, 2L);
  }

  @Test
  void remembersCommandsAndTheirOneOutcome() throws Exception {
    bench.accept("c-1");
    bench.accept("c-2");
    bench.end("c-1", new Outcome.Done(new Value.Num(0.6)));
    bench.end("c-1", new Outcome.Failed("interrupted"));
    bench.end("c-2", new Outcome.Rejected("conflict"));
    bench.end("c-3", new Outcome.Expired());
    bench.reopen();
    assertThat(bench.journal.commands(Duration.ofMinutes(1)))
        .containsExactly(
            new Known("c-1", "print-c-1", null, new Outcome.Done(new Value.Num(0.6))),
            new Known("c-2", "print-c-2", Bench.command("c-2"), null),
            new Known("c-3", null, null, new Outcome.Expired()));
  }

  @Test
  void remembersEveryKindOfOutcome() throws Exception {
    var outcomes =
        List.of(
            new Outcome.Done(null),
            new Outcome.Done(Value.Flag.TRUE),
            new Outcome.Done(new Value.State("manual")),
            new Outcome.Rejected("interlock:frost-lock"),
            new Outcome.Failed("interrupted"),
            new Outcome.Expired());
    for (int i = 0; i < outcomes.size(); i++) {
      bench.accept("c-" + i);
      bench.end("c-" + i, outcomes.get(i));
    }
    bench.reopen();
    assertThat(bench.journal.commands(Duration.ofMinutes(1)))
        .extracting(Known::outcome)
        .isEqualTo(outcomes);
  }

  /** A process that dies every few seconds would else never come to tell what became of it. */
  @Test
  void whatHadNoOutcomeForLongIsToldWithoutItsContent() throws Exception {
    bench.accept("c-1");
    bench.clock.pass(Duration.ofSeconds(61));
    bench.accept("c-2");
    bench.reopen();
    assertThat(bench.journal.commands(Duration.ofMinutes(1)))
        .containsExactly(
            new Known("c-1", "print-c-1", null, null),
            new Known("c-2", "print-c-2", Bench.command("c-2"), null));
  }

  @Test
  void forgetsCommandsAfterSevenDays() {
    bench.accept("c-1");
    bench.end("c-1", new Outcome.Done(null));
    bench.clock.pass(Journal.COMMANDS_KEPT);
    bench.accept("c-2");
    bench.journal.free(KEEP);
    assertThat(bench.journal.commands(Duration.ofMinutes(1)))
        .extracting(Known::id)
        .containsExactly("c-1", "c-2");
    bench.clock.pass(Duration.ofSeconds(1));
    bench.journal.free(KEEP);
    assertThat(bench.journal.commands(Duration.ofMinutes(1)))
        .extracting(Known::id)
        .containsExactly("c-2");
  }

  @Test
  void knowsDeliveriesForTheirLifetime() throws Exception {
    bench.key("10.0.0.7:5683/4711/ab");
    bench.reopen();
    bench.clock.pass(Duration.ofSeconds(247));
    assertThat(bench.journal.knows("10.0.0.7:5683/4711/ab")).isTrue();
    assertThat(bench.journal.knows("10.0.0.7:5683/4712/ab")).isFalse();
    bench.clock.pass(Duration.ofSeconds(1));
    assertThat(bench.journal.knows("10.0.0.7:5683/4711/ab")).isFalse();
  }

  @Test
  void forgetsDeliveriesWhoseTimeIsOver() throws Exception {
    bench.key("old");
    bench.clock.pass(Duration.ofSeconds(200));
    bench.key("young");
    bench.clock.pass(Duration.ofSeconds(100));
    bench.journal.free(KEEP);
    assertThat(bench.journal.knows("young")).isTrue();
    bench.reopen();
    assertThat(bench.journal.knows("young")).isTrue();
    assertThat(rows("deliveries")).isEqualTo(1);
  }

  @Test
  void tellsRecentReadingsNewestLast() throws Exception {
    bench.readings(3);
    bench.clock.pass(Duration.ofMinutes(10));
    for (int i = 0; i < 100; i++) {
      bench.readings(2);
    }
    bench.reopen();
    assertThat(bench.journal.recent(Duration.ofMinutes(9), 1000)).hasSize(200);
    assertThat(bench.journal.recent(Duration.ofMinutes(10), 1000)).hasSize(203);
    assertThat(bench.journal.recent(Duration.ofMinutes(10), 202))
        .hasSize(202)
        .startsWith(new Wire.Told("a-1/p0", HandClock.START, new Value.Num(1)))
        .endsWith(new Wire.Told("a-1/p0", bench.clock.now().wall(), new Value.Num(1)));
  }

  @Test
  void freesOldAcknowledgedFramesOnly() throws Exception {
    for (int i = 0; i < 10; i++) {
      bench.readings(1);
    }
    bench.events("a");
    bench.acknowledge(READINGS, 1, 3);
    bench.acknowledge(READINGS, 5, 10);
    bench.clock.pass(KEEP);
    bench.readings(1);
    bench.acknowledge(READINGS, 11, 11);
    assertThat(bench.journal.free(KEEP)).isZero();
    bench.clock.pass(Duration.ofSeconds(1));
    assertThat(bench.journal.free(KEEP)).isEqualTo(9);
    assertThat(bench.waiting(READINGS)).containsExactly(4L);
    assertThat(rows("readings")).isEqualTo(2);
    assertThat(rows("events")).isEqualTo(1);
    bench.reopen();
    assertThat(bench.waiting(READINGS)).containsExactly(4L);
    assertThat(bench.journal.waiting(READINGS)).isEqualTo(1);
  }

  @Test
  void freesMoreThanOneTransactionHolds() {
    bench.events(Collections.nCopies(2500, "a").toArray(String[]::new));
    bench.acknowledge(EVENTS, 1, 2500);
    bench.clock.pass(KEEP.plusSeconds(1));
    long freed = 0;
    for (int call = 0; call < 100 && freed < 2500; call++) {
      freed += bench.journal.free(KEEP);
    }
    assertThat(freed).isEqualTo(2500);
  }

  @Test
  void goesOnCountingWhenAllIsFreed() throws Exception {
    bench.readings(1);
    bench.readings(1);
    bench.acknowledge(READINGS, 1, 2);
    bench.clock.pass(KEEP.plusSeconds(1));
    assertThat(bench.journal.free(KEEP)).isEqualTo(2);
    bench.reopen();
    assertThat(bench.readings(1)).isEqualTo(kept(3, 3, 1, 0));
  }

  /** Law 8: a wall clock that jumps ten years frees and forgets nothing. */
  @Test
  void freesNothingBecauseAClockStepped() throws Exception {
    bench.readings(1);
    bench.key("k");
    bench.accept("c-1");
    bench.acknowledge(READINGS, 1, 2);
    bench.clock.stepWall(Duration.ofDays(3650));
    assertThat(bench.journal.free(KEEP)).isZero();
    bench.reopen();
    bench.clock.stepWall(Duration.ofDays(-7300));
    assertThat(bench.journal.free(KEEP)).isZero();
    assertThat(bench.journal.knows("k")).isTrue();
    assertThat(bench.journal.commands(Duration.ofMinutes(1))).hasSize(1);
    assertThat(bench.journal.recent(KEEP, 10)).hasSize(2);
  }

  @Test
  void fillsFreedPagesAgain() throws Exception {
    for (int round = 0; round < 4; round++) {
      bench.readings(20_000);
      bench.acknowledge(READINGS, 1, bench.journal.last(READINGS));
      bench.clock.pass(KEEP.plusSeconds(1));
      while (rows("readings") > 0) {
        bench.journal.free(KEEP);
      }
    }
    assertThat(number("PRAGMA page_count") * 1024)
        .isLessThan(2 * bench.journal.written().bytes() / 4);
  }

  /** A long backlog never comes at once. */
  @Test
  void answersWithAboutAMebibyteAtMost() throws Exception {
    bench.close();
    bench = new Bench(folder, new PlainWire(1000), bench.clock);
    bench.readings(3000);
    bench.reopen();
    var seen = new ArrayList<Long>();
    for (long next = 1; next <= bench.journal.last(READINGS); next = seen.getLast() + 1) {
      var frames = bench.journal.unacknowledged(READINGS, next, Long.MAX_VALUE, 1000);
      assertThat(frames.stream().mapToLong(frame -> frame.rendered().payload().length).sum())
          .isLessThanOrEqualTo(1024 * 1024 + Cut.MOST_BYTES);
      frames.forEach(frame -> seen.add(frame.seq()));
    }
    assertThat(seen)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, bench.journal.last(READINGS)).boxed().toList());
  }

  @Test
  void drainsInOrderWhileItCommitsAndFrees() throws Exception {
    int frames = 3000;
    var drained = new ArrayList<Long>();
    var drain =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (drained.size() < frames && !Thread.currentThread().isInterrupted()) {
                    long next = drained.size() + 1L;
                    for (var frame : bench.journal.unacknowledged(EVENTS, next, frames, 7)) {
                      if (Bench.text(frame).contains(" e " + frame.seq() + "\n")) {
                        drained.add(frame.seq());
                      }
                      bench.journal.acknowledge(EVENTS, frame.seq());
                    }
                  }
                });
    for (int commit = 0; commit < 30; commit++) {
      bench.events(Collections.nCopies(frames / 30, "a").toArray(String[]::new));
      bench.clock.pass(Duration.ofMinutes(1));
      bench.journal.free(KEEP);
    }
    drain.join(Duration.ofSeconds(30));
    drain.interrupt();
    drain.join();
    assertThat(drained)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, frames).boxed().toList());
    assertThat(bench.journal.waiting(EVENTS)).isZero();
  }

  @Test
  void countsWhatItWrites() {
    bench.readings(501);
    bench.events("a");
    var written = bench.journal.written();
    assertThat(written.commits()).isEqualTo(2);
    assertThat(written.frames()).isEqualTo(3);
    assertThat(written.readings()).isEqualTo(501);
    assertThat(written.bytes())
        .isEqualTo(
            LongStream.of(1, 2)
                    .map(seq -> size(seq, bench.journal.unacknowledged(READINGS, seq, seq, 1)))
                    .sum()
                + size(1, bench.journal.unacknowledged(EVENTS, 1, 1, 1)));
    assertThat(written.log()).isPositive();
  }

  private static long size(long seq, List<StoredFrame> frames) {
    assertThat(frames.getFirst().seq()).isEqualTo(seq);
    return frames.getFirst().rendered().payload().length;
  }

  private long rows(String table) throws Exception {
    return number("SELECT count(*) FROM " + table);
  }

  private long number(String query) throws Exception {
    try (var look = Database.read(folder.resolve(Database.FILE))) {
      return Database.number(look, query);
    }
  }

  private static Commit kept(long firstD, long lastD, long firstE, long lastE) {
    return new Commit.Kept(new Commit.Span(firstD, lastD), new Commit.Span(firstE, lastE));
  }
}
