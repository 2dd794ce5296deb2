package org.kerbside.gateway.app;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands to the writer what was decided, with the memories that are due, and never waits: where the
 * writer is full, senders repeat, events wait, and the rest is lost and counted. Belongs to
 * control's thread.
 */
final class Handover {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private static final String INTAKE = "intake"; // a gap's reason

  /** Events that wait for a full writer; the oldest stay. */
  private static final int CARRIED = 4_096;

  private final Writer writer;
  private final State state;
  private final Recent recent;
  private final Keeping keeping;

  private final List<Event> carried = new ArrayList<>(); // what a full writer did not take
  private boolean behind; // the writer did not take the last batch
  private long dropped; // readings that it did not take and nobody repeats, not yet told
  private @Nullable Moment droppedFrom;

  Handover(Writer writer, State state, Recent recent, Keeping keeping) {
    this.writer = writer;
    this.state = state;
    this.recent = recent;
    this.keeping = keeping;
  }

  /** Goes along with the next batch. */
  void carry(List<? extends Event> events) {
    carried.addAll(events);
  }

  /** The next batch has the memories, if it has nothing else. */
  void keepAtOnce() {
    keeping.atOnce();
  }

  /** Whether the writer did not take the last batch. */
  boolean isBehind() {
    return behind;
  }

  /**
   * Hands it over.
   *
   * @param polled samples in it that nobody repeats
   * @return commands that were not taken
   */
  List<Command> hand(Batch batch, long polled, Moment now) {
    batch.events().addAll(0, carried);
    if (droppedFrom != null) {
      batch.events().add(lost(droppedFrom, now));
    }
    keeping.addTo(batch, now);
    if (batch.isEmpty()) {
      return List.of();
    }
    behind = !writer.take(batch);
    if (behind) {
      refuse(batch, polled, now);
      return List.copyOf(batch.accepted());
    }
    carried.clear();
    dropped = 0;
    droppedFrom = null;
    batch.readings().forEach(reading -> recent.note(reading, now));
    recent.note(batch.keys(), now);
    return List.of();
  }

  private Event.Gap lost(Moment from, Moment now) {
    return new Event.Gap(
        now, null, 0, 0, INTAKE, Instead.NOTHING, from.wall(), now.wall(), dropped);
  }

  private void refuse(Batch batch, long polled, Moment now) {
    batch.receipts().forEach(receipt -> receipt.refused("the journal is behind"));
    batch.readings().forEach(state::forget);
    keeping.atOnce();
    carried.clear();
    batch.events().stream().filter(Handover::isLasting).limit(CARRIED).forEach(carried::add);
    long lost = Math.min(polled, batch.readings().size());
    if (lost > 0 && droppedFrom == null) {
      LOG.warn("journal: behind, senders are refused and polled readings dropped");
      droppedFrom = now;
    }
    dropped += lost;
  }

  /** The count of what was lost is made anew with every try. */
  private static boolean isLasting(Event event) {
    return !(event instanceof Event.Gap gap && gap.reason().equals(INTAKE));
  }
}
