package org.kerbside.drivers.lorawan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What ChirpStack tells of one device. */
sealed interface Event {

  /**
   * An uplink.
   *
   * @param id ChirpStack's deduplication id: the same uplink has the same, however often it comes
   * @param time when it was received; absent, or with {@link Dating#WRONG}, where nobody knows
   * @param count the frame counter
   * @param port 0 where there is no payload
   * @param telegram the payload; empty where there is none
   * @param rssi the best of all radio gateways, dBm; NaN where none tells
   * @param snr of that one, dB; NaN where it does not tell
   */
  record Up(
      @Nullable String id,
      @Nullable Instant time,
      Dating dating,
      long count,
      int port,
      Telegram telegram,
      double rssi,
      double snr)
      implements Event {}

  /**
   * What the device said of itself when the server asked.
   *
   * @param battery %, NaN where it does not know or hangs on a supply
   */
  record Status(@Nullable String id, @Nullable Instant time, double battery) implements Event {}

  /** It has a new session: its counters begin anew. */
  record Joined() implements Event {}

  /** The device heard a confirmed downlink, or did not. */
  record Answered(@Nullable String order, Hearing hearing) implements Event {}

  /** Something that the server complains of. */
  record Complaint(String code, String description) implements Event {}

  /** Whether a device heard. */
  enum Hearing {
    HEARD,
    NOT_HEARD
  }

  /** What became of the time that stands in an event. */
  enum Dating {
    RIGHT,
    MISSING,
    /** Something stands there that is no time. */
    WRONG
  }
}
