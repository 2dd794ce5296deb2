package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/**
 * When memories are kept: with every change of an alarm or by a person, in its own commit, so that
 * a replay never tells one again; else with whatever is committed, once a minute, or less often
 * where they are large. A start and a stop are kept by themselves. Belongs to control's thread.
 */
final class Keeping {

  private static final Duration PACE = Duration.ofMinutes(1); // real time

  private static final Duration LONGEST_PACE = Duration.ofMinutes(15); // real time

  /** A minute is worth so many bytes: 6 MB a day, which the card sees twice. */
  private static final int BYTES = 4_096;

  private final Function<Moment, Memories> memories;
  private final IntSupplier bytes;
  private final Clock clock;
  private @Nullable Long due; // ns; absent: at once

  /**
   * @param memories as they are now
   * @param bytes what they came to the last time
   */
  Keeping(Function<Moment, Memories> memories, IntSupplier bytes, Clock clock) {
    this.memories = memories;
    this.bytes = bytes;
    this.clock = clock;
  }

  /** The next batch has them, if it has nothing else. */
  void atOnce() {
    due = null;
  }

  /** Adds the memories to a batch that must have them, or to one that can take them along. */
  void addTo(Batch batch, Moment now) {
    boolean isDue = due == null || (clock.nanos() - due >= 0 && !batch.isEmpty());
    if (isDue || batch.events().stream().anyMatch(Keeping::isRemembered)) {
      batch.memories().add(memories.apply(now));
      due = clock.nanos() + pace().toNanos();
    }
  }

  private Duration pace() {
    var pace = PACE.multipliedBy(Math.max(1, bytes.getAsInt() / BYTES));
    return pace.compareTo(LONGEST_PACE) > 0 ? LONGEST_PACE : pace;
  }

  private static boolean isRemembered(Event event) {
    return switch (event) {
      case Event.AlarmChanged changed -> true;
      case Event.Audit act -> true;
      case Event.Commission learned -> true;
      case Event.Result result -> false;
      case Event.Gap gap -> false;
      case Event.Health health -> health.what().equals(Derive.COUNTER_SWAP);
      case Event.Clock change -> false;
      case Event.Kpi kpi -> true; // the day that it closes is not counted again
    };
  }
}
