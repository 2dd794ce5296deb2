package org.kerbside.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Wire;

/**
 * Looks along the {@link Chain} of a journal, event by event in the order of their seqs. What the
 * city has acknowledged may be freed, wherever it stood: nobody knows then what the next one hangs
 * on. The journal may go on meanwhile.
 */
final class Links {

  private final Wire wire;
  private final Connection connection;
  private final List<String> problems;

  private Ranges acknowledged;
  private @Nullable String expected; // null while nobody knows
  private long seen; // the seq of the event before; 0 for none
  private long last; // the seq of the audit event before; 0 for none

  /**
   * At the begin.
   *
   * @param problems where what is wrong is told
   */
  Links(Wire wire, Connection connection, List<String> problems) throws SQLException {
    this.wire = wire;
    this.connection = connection;
    this.problems = problems;
    acknowledged = Survey.acknowledged(connection, Stream.EVENTS);
    expected = Chain.begin(connection);
  }

  void next(StoredFrame event) throws SQLException {
    if (isFreed(seen + 1, event.seq() - 1)) {
      expected = null;
    }
    seen = event.seq();
    var link = link(event);
    if (link == null) {
      return;
    }
    if (expected != null && !expected.equals(link.before())) {
      problems.add(
          "audit event %d does not hang on %s: one of them was changed, or one between them is gone"
              .formatted(event.seq(), last == 0 ? "the epoch's begin" : "event " + last));
    }
    expected = link.own();
    last = event.seq();
  }

  /** Whether there are seqs between, and the city has all of them. */
  private boolean isFreed(long first, long end) throws SQLException {
    if (first > end) {
      return false;
    }
    if (acknowledged.missing(first) <= end) {
      // Acknowledged and freed since the begin: both are told in one transaction.
      acknowledged = Survey.acknowledged(connection, Stream.EVENTS);
    }
    return acknowledged.missing(first) > end;
  }

  private Wire.@Nullable Link link(StoredFrame event) {
    try {
      return wire.link(event.rendered());
    } catch (RuntimeException unreadable) {
      problems.add("event %d cannot be read: %s".formatted(event.seq(), unreadable.getMessage()));
      return null;
    }
  }

  /**
   * Behind the last event.
   *
   * @param head where the next one will hang on, as the journal knows it
   */
  void end(String head) throws SQLException {
    if (expected != null
        && !expected.equals(head)
        && !isFreed(seen + 1, Survey.acknowledged(connection, Stream.EVENTS).last())) {
      problems.add(
          "the last audit event is not the one that the journal knows: it was changed, or is gone");
    }
  }
}
