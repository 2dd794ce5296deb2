package org.kerbside.gateway.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Stream;

/**
 * Makes room where the quota is reached: acknowledged frames go first, then old telemetry gives
 * way, step by step. Spares the link where it may carry no more. For the writer's thread alone.
 */
final class Yielding {

  private static final Duration LONGEST_IN_COMMIT = Duration.ofMillis(20); // beside a step
  private static final Duration LONGEST_IN_HOUSE = Duration.ofMillis(250);
  private static final Duration FREEING_PACE = Duration.ofSeconds(10);

  private final Ledger ledger;
  private final Ladder ladder;
  private final Room room;
  private final Appending appending;
  private final Recovery recovery;
  private final Clock clock;
  private long freed;

  Yielding(
      Ledger ledger,
      Ladder ladder,
      Room room,
      Appending appending,
      Recovery recovery,
      Clock clock) {
    this.ledger = ledger;
    this.ladder = ladder;
    this.room = room;
    this.appending = appending;
    this.recovery = recovery;
    this.clock = clock;
    freed = clock.nanos() - FREEING_PACE.toNanos();
  }

  /** Before a commit, which waits meanwhile: a little, and only when it is due. */
  void beforeCommit(Moment at) {
    if (room.isDue()) {
      makeRoom(at, LONGEST_IN_COMMIT);
    }
  }

  /** Right after {@link #free}: as much as the writer can wait for. */
  void afterFreeing(Moment at) {
    freed = clock.nanos();
    makeRoom(at, LONGEST_IN_HOUSE);
  }

  /** Acknowledged frames older than {@code keep}, and what else is over; how many frames. */
  long free(Moment at, Duration keep) throws SQLException {
    long now = ledger.served().toWrite(at);
    long frames = new Freeing(ledger, clock).free(now, now - keep.toMillis());
    if (frames > 0) {
      room.shrank();
    }
    return frames;
  }

  /**
   * Readings up to a seq give way to their hours: as much as the writer can wait for.
   *
   * @return up to where they have
   */
  long spare(Moment at, long upTo) {
    long start = clock.nanos();
    var access = ledger.access();
    try {
      while (clock.nanos() - start < LONGEST_IN_HOUSE.toNanos()
          && goes(ladder.spare(access.side(), upTo, at), at)) {}
      return ladder.spared(access.side());
    } catch (SQLException refused) {
      recovery.after(refused);
      return 0;
    }
  }

  private void makeRoom(Moment at, Duration within) {
    long start = clock.nanos();
    var access = ledger.access();
    try {
      if (!room.isShort(access.side())) {
        return;
      }
      freeAcknowledged(at);
      while (room.isShort(access.side())
          && clock.nanos() - start < within.toNanos()
          && goes(ladder.look(access.side(), at), at)) {}
    } catch (SQLException refused) {
      recovery.after(refused);
    }
  }

  /** Those that a sender may still repeat stay. Seldom, for it asks the disk about each run. */
  private void freeAcknowledged(Moment at) throws SQLException {
    if (clock.nanos() - freed < FREEING_PACE.toNanos()) {
      return;
    }
    freed = clock.nanos();
    free(at, Deliveries.LIFETIME);
  }

  /** Whether there may be more to give up. */
  private boolean goes(Way way, Moment at) {
    return switch (way) {
      case Way.End() -> false;
      case Way.On() -> true;
      case Way.Down(var step) -> keep(step, at);
    };
  }

  /** The step and the gap that tells of it, in one transaction. */
  private boolean keep(Step step, Moment at) {
    var track = ledger.tracks().of(Stream.READINGS);
    var entry = new Entry(at, List.of(), List.of(step.gap()), List.of(), List.of());
    var commit = appending.append(entry, (side, _) -> step.write(side, track));
    if (commit instanceof Commit.Kept) {
      stepped(step);
      return true;
    }
    var heads = ledger.access().heads();
    var told = ledger.cut().events(heads.events(), heads.audit(), at, entry.events()).frames();
    ledger
        .access()
        .doubt(
            reached -> {
              if (reached) {
                ledger.tracks().committed(told);
                stepped(step);
              } else {
                track.release();
              }
            });
    return false;
  }

  private void stepped(Step step) {
    ledger.tracks().of(Stream.READINGS).stepped(step);
    ledger.tracks().of(Stream.READINGS).release();
    ladder.went(step);
  }
}
