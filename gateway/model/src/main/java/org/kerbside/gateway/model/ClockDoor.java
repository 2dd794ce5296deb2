package org.kerbside.gateway.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody on the spot says what time it is, while the gateway does not know: his word is
 * held until something better is heard. Thread-safe.
 */
public interface ClockDoor {

  /** One behind which no clock can be set. */
  ClockDoor CLOSED =
      new ClockDoor() {
        @Override
        public Answer set(Instant said, String by) {
          return Answer.KNOWN;
        }

        @Override
        public Instant floor() {
          return Instant.EPOCH;
        }

        @Override
        public @Nullable String by() {
          return null;
        }
      };

  /** What came of it. */
  enum Answer {
    /** It is that time now. */
    SET,
    /** The gateway knows the time, and nobody's word changes it. */
    KNOWN,
    /** An earlier run knew a later time, or this release is younger. */
    TOO_EARLY,
    /** More than ten years after that: no gateway waits so long. */
    TOO_LATE
  }

  /**
   * Says what time it is at this moment.
   *
   * @param by who says so: {@code installer:7002}
   */
  Answer set(Instant said, String by);

  /** No earlier is it now. */
  Instant floor();

  /** By whose word the time is held; null when it is by nobody's. */
  @Nullable String by();
}
