package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
   * What may wait: readings, events and senders together. More than the intake holds, so that a
   * field broker's whole window fits however small the turns are that took it in; beyond it control
   * refuses senders.
   */
  static final int MOST = 16_384;

  /** A commit of so many readings is large enough. */
  private static final int LARGE = 4_096;

  /** While there is load, a commit waits so long for company; it quarters the bytes written. */
  private static final Duration GATHER = Duration.ofMillis(5);

  /** What counts as load: the last commit had so many readings. */
  private static final int LOAD = 8;

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  private final BlockingQueue<Batch> decided = new LinkedBlockingQueue<>(); // bounded by weight
  private final AtomicInteger waiting = new AtomicInteger(); // the weight of what is decided
  private final Journal journal;
  private final Intake intake;
  private final Clock clock;
  private final Consumer<Batch> committed;
  private volatile boolean stopping;
  private volatile @Nullable String refusing; // why the journal refuses; null while it does not
  private int lastReadings; // of the last commit; the writer's thread alone, as the next
  private long kept = System.nanoTime();

  /**
   * @param committed where a committed batch goes; called on this thread
   */
  Writer(Journal journal, Intake intake, Clock clock, Consumer<Batch> committed) {
    this.journal = journal;
    this.intake = intake;
    this.clock = clock;
    this.committed = committed;
  }

  /** On control's thread: takes a batch unless too much waits already. Never waits itself. */
  boolean take(Batch batch) {
    if (waiting.get() >= MOST) {
      return false;
    }
    waiting.addAndGet(batch.weight());
    decided.add(batch);
    return true;
  }

  /** Why the journal refuses at present; null while it does not. */
  @Nullable String refusing() {
    return refusing;
  }

  /** Ends when all that was taken is committed, or cannot be. */
  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    try {
      while (!stopping || !decided.isEmpty()) {
        var batches = gather();
        if (!batches.isEmpty()) {
          commit(batches);
          waiting.addAndGet(-batches.stream().mapToInt(Batch::weight).sum());
        }
        keepHouse();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Batch> gather() throws InterruptedException {
    var batches = new ArrayList<Batch>();
    var first = decided.poll(100, TimeUnit.MILLISECONDS);
    if (first == null) {
      return batches;
    }
    batches.add(first);
    int readings = first.readings().size() + drain(batches);
    long until = System.nanoTime() + GATHER.toNanos();
    while (lastReadings >= LOAD && readings < LARGE && isPatient(batches)) {
      var more = decided.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (more == null) {
        break;
      }
      batches.add(more);
      readings += more.readings().size() + drain(batches);
    }
    return batches;
  }

  private int drain(List<Batch> batches) {
    int readings = 0;
    for (var next = decided.poll(); next != null; next = decided.poll()) {
      batches.add(next);
      readings += next.readings().size();
      if (readings >= LARGE) {
        break;
      }
    }
    return readings;
  }

  /** Alarms, commands and outcomes wait for no company. */
  private static boolean isPatient(List<Batch> batches) {
    var last = batches.getLast();
    return last.events().isEmpty() && last.accepted().isEmpty();
  }

  private void commit(List<Batch> batches) throws InterruptedException {
    var entry = entry(batches);
    lastReadings = entry.readings().size();
    while (true) {
      switch (journal.commit(entry)) {
        case Commit.Kept kept -> {
          recovered();
          batches.forEach(this::kept);
          return;
        }
        case Commit.Refused(var reason) -> {
          refused(reason);
          if (stopping) {
            batches.forEach(batch -> unkept(batch, reason));
            return;
          }
          Thread.sleep(RETRY);
        }
      }
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
    batch.receipts().forEach(Receipt::kept);
    batch.accepted().forEach(command -> intake.tell(new Arrival.Durable(command.id())));
    committed.accept(batch);
  }

  private void unkept(Batch batch, String reason) {
    batch.receipts().forEach(receipt -> receipt.refused(reason));
    batch.accepted().forEach(command -> intake.tell(new Arrival.Unkept(command.id())));
  }

  private void refused(String reason) {
    if (refusing == null) {
      LOG.error("journal: refuses to commit: {}; nobody is acknowledged until it does", reason);
    }
    refusing = reason;
  }

  private void recovered() {
    if (refusing != null) {
      LOG.info("journal: commits again");
    }
    refusing = null;
  }

  private void keepHouse() {
    if (System.nanoTime() - kept >= HOUSEKEEPING.toNanos()) {
      kept = System.nanoTime();
      journal.persistCursors();
      journal.free(Recent.AGE);
    }
  }
}
