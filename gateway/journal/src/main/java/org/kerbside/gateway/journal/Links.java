package org.kerbside.gateway.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Wire;

/**
 * Looks along the {@link Chain} of a journal, event by event in the order of their seqs. What the
 * city has and was freed is gone from its begin. The journal may go on meanwhile.
 */
final class Links {

  private final Wire wire;
  private final List<String> problems;
  private final @Nullable String head; // as it was at the begin
  private final boolean isFromTheFirst;

  private @Nullable String expected; // null while nobody knows
  private long last; // the seq of the audit event before; 0 for none
  private boolean hasHead; // was among them

  /**
   * At the begin.
   *
   * @param problems where what is wrong is told
   */
  Links(Wire wire, Connection connection, List<String> problems) throws SQLException {
    this.wire = wire;
    this.problems = problems;
    head = Database.meta(connection, Chain.HEAD);
    isFromTheFirst = Database.number(connection, "SELECT min(seq) FROM events") == 1;
    expected = isFromTheFirst ? Chain.begin(connection) : null;
  }

  void next(StoredFrame event) {
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
    hasHead |= link.own().equals(head);
  }

  private Wire.@Nullable Link link(StoredFrame event) {
    try {
      return wire.link(event.rendered());
    } catch (RuntimeException unreadable) {
      problems.add("event %d cannot be read: %s".formatted(event.seq(), unreadable.getMessage()));
      return null;
    }
  }

  /** Behind the last event. */
  void end(Connection connection) throws SQLException {
    var now = Database.meta(connection, Chain.HEAD);
    boolean isWhole =
        last == 0
            ? now == null || !isFromTheFirst // all may be with the city
            : hasHead || (expected != null && expected.equals(now));
    if (!isWhole) {
      problems.add(
          "the last audit event is not the one that the journal knows: it was changed, or is gone");
    }
  }
}
