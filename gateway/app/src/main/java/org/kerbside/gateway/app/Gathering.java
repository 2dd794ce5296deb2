package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes into the next commit, and how long it may wait for more. Belongs to the writer's
 * thread.
 */
final class Gathering {

  /** A commit of so many readings is large enough. */
  private static final int LARGE = 4_096;

  /** While there is load, a commit waits so long for company; it quarters the bytes written. */
  private static final Duration GATHER = Duration.ofMillis(5);

  /** What counts as load: the last commit had so many readings. */
  private static final int LOAD = 8;

  /** A sender with so many unanswered may be waiting for us: mosquitto hands out 20 at a time. */
  private static final int WINDOW = 20;

  private final List<Batch> batches = new ArrayList<>();
  private final long began; // ns
  private final long company; // ns, as the next
  private final long saving;
  private int readings;
  private int senders;
  private boolean urgent;

  /**
   * @param began monotonic, ns
   * @param lastReadings of the commit before
   * @param saving how long the flash budget wants to hold it back
   */
  Gathering(long began, int lastReadings, Duration saving) {
    this.began = began;
    company = lastReadings >= LOAD ? GATHER.toNanos() : 0;
    this.saving = saving.toNanos();
  }

  void add(Batch batch) {
    batches.add(batch);
    readings += batch.readings().size();
    senders += batch.receipts().size();
    urgent |= batch.isUrgent();
  }

  boolean isLarge() {
    return readings >= LARGE;
  }

  /** When it goes, whatever comes. */
  long due() {
    if (urgent || isLarge()) {
      return began;
    }
    return began + (senders >= WINDOW ? company : Math.max(company, saving));
  }

  /** What must be remembered with it: of its last batch, for no other may follow that. */
  @Nullable Memories memories() {
    return batches.isEmpty() || batches.getLast().memories().isEmpty()
        ? null
        : batches.getLast().memories().getFirst();
  }

  List<Batch> batches() {
    return batches;
  }

  int readings() {
    return readings;
  }
}
