package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Quota;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.uplink.JsonWire;

@Timeout(30)
class WriterTest {

  @TempDir private Path data;
  private Journal journal;
  private Writer writer;
  private Thread thread;

  @BeforeEach
  void openTheJournal() throws Exception {
    var clock = new FastClock(Instant.now(), 1);
    var wire = new JsonWire("TEST-1", "boot0000", null);
    journal = Journal.open(data, "TEST-1", wire, new Quota(512_000_000, Set.of()), clock);
    writer = new Writer(journal, new FlashBudget(null, 0), new Intake(), clock, batch -> {});
    thread = Thread.ofPlatform().unstarted(writer);
  }

  @AfterEach
  void closeTheJournal() throws Exception {
    writer.stop();
    thread.join();
    journal.close();
  }

  @Test
  void whoseReadingLayInTheBandOfOneThatIsNotKeptIsNotAcknowledgedEither() throws Exception {
    var first = new Cabinet.Sender();
    var inside = new Cabinet.Sender();
    try (var _ = Cabinet.seize(data)) {
      writer.take(batch(1, first));
      thread.start();
      Await.until("the journal refuses", () -> writer.refusing() != null);
      writer.take(batch(0, inside));
      writer.stop();
      thread.join();
    }
    assertThat(first.heard()).startsWith("refused");
    assertThat(inside.heard()).startsWith("refused");
    assertThat(journal.last(Stream.READINGS)).isZero();
  }

  @Test
  void aDriverThatFailsWhenItIsToldCostsTheOthersNothing() throws Exception {
    var after = new Cabinet.Sender();
    var failing =
        new Receipt() {
          @Override
          public void kept() {
            throw new IllegalStateException("a mistake of the driver's");
          }

          @Override
          public void refused(String reason) {}
        };
    writer.take(batch(1, failing, after));
    thread.start();
    Await.until("the other is acknowledged", () -> after.heard().equals("kept"));
  }

  @Test
  void itsRoomIsBoundedByWhatWaitsAndNotByHowOftenControlTurns() {
    assertThat(writer.take(batch(Backlog.ROOM + 1))).as("alone, however large").isTrue();
    assertThat(writer.take(batch(0))).isFalse();
  }

  @Test
  void manySmallBatchesWaitAsLongAsThereIsRoom() {
    int taken = 0;
    while (writer.take(batch(1))) {
      taken++;
    }
    assertThat(taken).isEqualTo(Backlog.ROOM / 2);
  }

  private static Batch batch(int readings, Receipt... receipts) {
    var reading =
        Reading.good(Street.DISTANCE, new Value.Num(1), Street.START, Reading.Timing.RECEIPT);
    return new Batch(
        new ArrayList<>(Collections.nCopies(readings, reading)),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(List.of(receipts)),
        new ArrayList<>());
  }
}
