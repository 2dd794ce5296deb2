package org.kerbside.gateway.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where people on the spot have something done: their commands go the way of all commands, through
 * intake and desk, and what becomes of them is told to whom asks. Thread-safe.
 */
public interface CrewDoor {

  /** One behind which nobody is. */
  CrewDoor CLOSED =
      new CrewDoor() {
        @Override
        public Outcome ask(Command command, Duration patience) {
          return new Outcome.Rejected("not-allowed");
        }

        @Override
        public @Nullable Outcome ended(String id) {
          return null;
        }

        @Override
        public boolean knows(String id) {
          return false;
        }
      };

  /**
   * Hands a command in and waits for its one end.
   *
   * @param patience how long at most; the command goes on after that
   * @return null when none came in time
   */
  @Nullable Outcome ask(Command command, Duration patience) throws InterruptedException;

  /** How one of the last commands ended; null when it has not, or is long gone. */
  @Nullable Outcome ended(String id);

  /** Whether a command of that id is on its way. */
  boolean knows(String id);
}
