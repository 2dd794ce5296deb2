package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.gateway.journal.Commit;
import org.kerbside.gateway.journal.Entry;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Known;
import org.kerbside.gateway.journal.Snapshot;
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

  /** What a commit costs the card, however little is in it; measured, see gateway/bench. */
  private static final long COMMIT_BYTES = 5_200;

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** It looks after itself so often, real time, though nothing is to be done: it lives. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  /** What is freed later is freed in fewer transactions, each of which the card feels. */
  private static final Duration FREEING = Duration.ofMinutes(5);

  private final Backlog backlog = new Backlog();
  private final Semaphore came = new Semaphore(0);
  private final Journal journal;
  private final FlashBudget budget;
  private final Intake intake;
  private final Clock clock;
  private final Consumer<Batch> committed;
  private volatile boolean stopping;
  private volatile int snapshotBytes; // of the last
  private volatile long steps;
  private volatile Duration committing = Duration.ZERO; // all in all, in the journal's hands
  private volatile Duration longest = Duration.ZERO; // of one commit
  private volatile @Nullable String refusing; // why the journal refuses; null while it does not

  // The writer's thread alone.
  private @Nullable Gathering next; // what the next commit has; the same until it is kept
  private long again; // when a refused commit is tried again, ns
  private int lastReadings; // of the last commit
  private long kept; // house, when, ns
  private long freed; // likewise
  private long writtenBytes; // payload, as of the last commit
  private boolean over;

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
    kept = clock.nanos();
    freed = kept;
  }

  /**
   * On control's thread: takes a batch, from then on ours, unless there is no room. Never waits.
   */
  boolean take(Batch batch) {
    boolean isTaken = backlog.put(batch);
    if (isTaken) {
      came.release();
    }
    return isTaken;
  }

  /** How many senders were refused because too much waits. */
  long refused() {
    return backlog.refused();
  }

  /** How many bytes the last snapshot had; 0 before the first. */
  int snapshotBytes() {
    return snapshotBytes;
  }

  /** How long all commits took together. */
  Duration committing() {
    return committing;
  }

  /** How long the longest commit took. */
  Duration longest() {
    return longest;
  }

  /** Why the journal refuses at present; null while it does not. */
  @Nullable String refusing() {
    return refusing;
  }

  /** How often it has done what was due; every five seconds at least, unless the disk holds it. */
  long steps() {
    return steps;
  }

  /** Ends when all that was taken is committed, or cannot be. */
  void stop() {
    stopping = true;
    came.release();
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // The writer is the only one.
  public void run() {
    try {
      for (var wait = step(); wait != null; wait = step()) {
        steps++;
        came.tryAcquire(Math.min(wait.toNanos(), LONGEST_WAIT.toNanos()), TimeUnit.NANOSECONDS);
        came.drainPermits();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Does what is due: gathers, commits, keeps house. Waits for the disk alone.
   *
   * @return how long there is nothing to do unless a batch comes; null when all is over
   */
  @Nullable Duration step() {
    if (refusing != null) {
      if (!stopping && clock.nanos() - again < 0) {
        return left(again);
      }
      keepHouse(); // What the city has may be what the disk has no room for.
    } else {
      gather();
    }
    if (next != null && (stopping || clock.nanos() - next.due() >= 0)) {
      commit(next);
    }
    keepHouse();
    return pause();
  }

  private @Nullable Duration pause() {
    if (over || (stopping && next == null && backlog.isEmpty())) {
      return null;
    }
    if (refusing != null) {
      return left(again);
    }
    if (next != null) {
      return left(next.due());
    }
    return backlog.isEmpty() ? left(kept + HOUSEKEEPING.toNanos()) : Duration.ZERO;
  }

  /** What goes into the next commit: all that waits, and what comes while it may wait for more. */
  private void gather() {
    while (next == null || takesMore(next)) {
      var batch = backlog.poll();
      if (batch == null) {
        return;
      }
      if (next == null) {
        long now = clock.nanos();
        next = new Gathering(now, lastReadings, budget.patience(now));
      }
      next.add(batch);
    }
  }

  /** Memories end a commit, and are in it with all that went before them. */
  private boolean takesMore(Gathering gathering) {
    return gathering.memories() == null && (!gathering.isLarge() || backlog.hasMemories());
  }

  private void commit(Gathering gathered) {
    gathered.batches().forEach(this::recall);
    lastReadings = gathered.readings();
    var snapshot = snapshot(gathered.memories());
    long began = clock.nanos();
    var commit = journal.commit(entry(gathered.batches()), snapshot);
    took(Duration.ofNanos(clock.nanos() - began));
    switch (commit) {
      case Commit.Kept kept -> {
        spend(snapshot == null ? 0 : snapshot.body().length);
        refusing = null;
        next = null;
        gathered.batches().forEach(this::kept);
      }
      case Commit.Refused(var reason) -> {
        if (stopping) {
          over = true;
          giveUp(gathered.batches(), reason);
          return;
        }
        refusing = reason;
        again = clock.nanos() + RETRY.toNanos();
        gathered.batches().forEach(this::rejectCommands);
        backlog.all().forEach(this::rejectCommands);
      }
    }
  }

  private void took(Duration one) {
    committing = committing.plus(one);
    longest = one.compareTo(longest) > 0 ? one : longest;
  }

  private static @Nullable Snapshot snapshot(@Nullable Memories memories) {
    return memories == null ? null : new Snapshot(memories.at(), SnapshotBytes.write(memories));
  }

  /** A payload is written twice: to the log, and at the checkpoint to its page. */
  private void spend(int snapshot) {
    long bytes = journal.payload();
    budget.spend(COMMIT_BYTES + 2 * (bytes - writtenBytes + snapshot), clock.nanos());
    writtenBytes = bytes;
    snapshotBytes = snapshot == 0 ? snapshotBytes : snapshot;
  }

  /** A command whose id the journal knows moves nothing: the desk has only forgotten it. */
  private void recall(Batch batch) {
    for (var command : List.copyOf(batch.accepted())) {
      try {
        var earlier = journal.command(command.id());
        if (earlier != null) {
          batch.accepted().remove(command);
          intake.tell(new Arrival.Recalled(known(earlier)));
        }
      } catch (JournalException unreadable) {
        LOG.warn("{}", unreadable.getMessage());
        batch.accepted().remove(command);
        intake.tell(new Arrival.Unkept(command.id()));
      }
    }
  }

  /** As the desk knows it. */
  static org.kerbside.gateway.desk.Known known(Known command) {
    return new org.kerbside.gateway.desk.Known(
        command.id(),
        command.fingerprint() == null ? "" : command.fingerprint(),
        command.unfinished(),
        command.outcome());
  }

  /** A command does not wait for a disk to mend: its sender is told. */
  private void rejectCommands(Batch batch) {
    batch.accepted().forEach(command -> intake.tell(new Arrival.Unkept(command.id())));
    batch.accepted().clear();
  }

  /** Also what came later: inside the dead band of what is not kept, nothing is. */
  private void giveUp(List<Batch> batches, String reason) {
    for (var batch = backlog.poll(); batch != null; batch = backlog.poll()) {
      batches.add(batch);
    }
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
    return new Entry(clock.now(), readings, events, accepted, keys);
  }

  private void kept(Batch batch) {
    backlog.kept(batch);
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

  /** While the disk refuses, room is what it lacks. */
  private void keepHouse() {
    long now = clock.nanos();
    if (now - kept < HOUSEKEEPING.toNanos()) {
      return;
    }
    kept = now;
    journal.persistCursors();
    journal.giveWay();
    if (refusing != null || now - freed >= FREEING.toNanos()) {
      freed = now;
      journal.free(Recent.AGE);
    }
  }

  private Duration left(long until) {
    return Duration.ofNanos(until - clock.nanos());
  }
}
