package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.gateway.journal.Commit;
import org.kerbside.gateway.journal.Entry;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: takes every batch that control has decided, commits them together, then
 * acknowledges their senders and passes them on. Control never waits for it. A commit that the
 * journal refuses is tried again with the same batches, so that order and senders stay as they are;
 * meanwhile nobody is acknowledged.
 */
final class Writer implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /**
   * Readings, events and senders that may wait, about 10 MB; when there are more, control refuses
   * senders.
   */
  static final int ROOM = 32_768;

  /** A commit of so many readings is large enough. */
  private static final int LARGE = 4_096;

  /** While there is load, a commit waits so long for company; it quarters the bytes written. */
  private static final Duration GATHER = Duration.ofMillis(5);

  /** What counts as load: the last commit had so many readings. */
  private static final int LOAD = 8;

  /** A sender with so many unanswered may be waiting for us: mosquitto hands out 20 at a time. */
  private static final int WINDOW = 20;

  /** What a commit costs the card, however little is in it; measured, see gateway/bench. */
  private static final long COMMIT_BYTES = 5_200;

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  private final BlockingQueue<Batch> decided = new LinkedBlockingQueue<>(); // bounded by ROOM
  private final AtomicInteger waiting = new AtomicInteger(); // by weight, what is in a commit too
  private final AtomicLong refused = new AtomicLong(); // senders, for want of room
  private final Journal journal;
  private final FlashBudget budget;
  private final Intake intake;
  private final Clock clock;
  private final Consumer<Batch> committed;
  private volatile boolean stopping;
  private volatile @Nullable String refusing; // why the journal refuses; null while it does not
  private int lastReadings; // of the last commit; the writer's thread alone, as the next
  private long kept = System.nanoTime();
  private long writtenBytes; // payload, as of the last commit

  /**
   * @param committed where a committed batch goes; called on this thread
   */
  Writer(
      Journal journal, FlashBudget budget, Intake intake, Clock clock, Consumer<Batch> committed) {
    this.journal = journal;
    this.budget = budget;
    this.intake = intake;
    this.clock = clock;
    this.committed = committed;
  }

  /**
   * On control's thread: takes a batch, from then on ours, unless there is no room. Never waits.
   */
  boolean take(Batch batch) {
    // A batch that is larger than the room goes in when it is alone.
    if (waiting.get() > 0 && waiting.get() + batch.weight() > ROOM) {
      refused.addAndGet(batch.receipts().size());
      return false;
    }
    waiting.addAndGet(batch.weight());
    return decided.add(batch);
  }

  /** How many senders were refused because too much waits. */
  long refused() {
    return refused.get();
  }

  /** Why the journal refuses at present; null while it does not. */
  @Nullable String refusing() {
    return refusing;
  }

  /** Ends when all that was taken is committed, or cannot be. */
  void stop() {
    stopping = true;
    decided.add(Batch.empty()); // wakes the writer
  }

  @Override
  public void run() {
    try {
      while (!stopping || !decided.isEmpty()) {
        var batches = gather();
        if (!batches.isEmpty() && commit(batches) instanceof Commit.Refused(var reason)) {
          giveUp(batches, reason);
          return;
        }
        keepHouse();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** What goes into the next commit: all that waits, and what comes while it may wait for more. */
  private List<Batch> gather() throws InterruptedException {
    var batches = new ArrayList<Batch>();
    var next = decided.poll(untilHousekeeping(), TimeUnit.NANOSECONDS);
    long began = System.nanoTime();
    long company = lastReadings >= LOAD ? GATHER.toNanos() : 0;
    long saving = stopping ? 0 : budget.patience(began).toNanos();
    int readings = 0;
    int senders = 0;
    boolean urgent = false;
    while (next != null) {
      batches.add(next);
      readings += next.readings().size();
      senders += next.receipts().size();
      urgent |= next.isUrgent();
      if (readings >= LARGE) {
        break;
      }
      // What is there is taken in any case; what is not is waited for.
      long patience = urgent ? 0 : senders >= WINDOW ? company : Math.max(company, saving);
      next = decided.poll(began + patience - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
    return batches;
  }

  private long untilHousekeeping() {
    return kept + HOUSEKEEPING.toNanos() - System.nanoTime();
  }

  /** Tries until it is kept: a refusal comes back only when there is no time for another try. */
  private Commit commit(List<Batch> batches) throws InterruptedException {
    var commit = journal.commit(entry(batches));
    while (commit instanceof Commit.Refused(var reason) && !stopping) {
      refusing = reason;
      batches.forEach(this::rejectCommands);
      decided.forEach(this::rejectCommands);
      Thread.sleep(RETRY);
      keepHouse(); // What the city has may be what the disk has no room for.
      commit = journal.commit(entry(batches));
    }
    if (commit instanceof Commit.Kept) {
      spend();
      refusing = null;
      batches.forEach(this::kept);
    }
    return commit;
  }

  /** A payload is written twice: to the log, and at the checkpoint to its page. */
  private void spend() {
    long bytes = journal.payload();
    budget.spend(COMMIT_BYTES + 2 * (bytes - writtenBytes), System.nanoTime());
    writtenBytes = bytes;
  }

  /** A command does not wait for a disk to mend: its sender is told. */
  private void rejectCommands(Batch batch) {
    batch.accepted().forEach(command -> intake.tell(new Arrival.Unkept(command.id())));
    batch.accepted().clear();
  }

  /** Also what came later: inside the dead band of what is not kept, nothing is. */
  private void giveUp(List<Batch> batches, String reason) {
    decided.drainTo(batches);
    for (var batch : batches) {
      batch.receipts().forEach(receipt -> receipt.refused(reason));
    }
  }

  private Entry entry(List<Batch> batches) {
    var readings = new ArrayList<Reading>();
    var events = new ArrayList<Event>();
    var accepted = new ArrayList<Command>();
    var keys = new ArrayList<String>();
    for (var batch : batches) {
      readings.addAll(batch.readings());
      events.addAll(batch.events());
      accepted.addAll(batch.accepted());
      keys.addAll(batch.keys());
    }
    lastReadings = readings.size();
    return new Entry(clock.now(), readings, events, accepted, keys);
  }

  private void kept(Batch batch) {
    waiting.addAndGet(-batch.weight());
    batch.receipts().forEach(Writer::acknowledge);
    batch.accepted().forEach(command -> intake.tell(new Arrival.Durable(command.id())));
    committed.accept(batch);
  }

  /** A driver that fails here costs its sender a repeat, and the others nothing. */
  private static void acknowledge(Receipt receipt) {
    try {
      receipt.kept();
    } catch (RuntimeException mistake) {
      LOG.error("a sender is not acknowledged, by a mistake of its driver", mistake);
    }
  }

  private void keepHouse() {
    if (System.nanoTime() - kept >= HOUSEKEEPING.toNanos()) {
      kept = System.nanoTime();
      journal.persistCursors();
      journal.free(Recent.AGE);
    }
  }
}
