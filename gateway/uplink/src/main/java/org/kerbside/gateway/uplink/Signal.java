package org.kerbside.gateway.uplink;

import java.util.List;

/** What the uplink's thread wakes for. */
sealed interface Signal {

  /** Frames were committed. */
  record Committed() implements Signal {}

  /** There is something to tell of a command. */
  record Told() implements Signal {}

  /** The gateway stops. */
  record Stop() implements Signal {}

  /** What we show of ourselves is another now: the connection is to be made anew. */
  record Renewed() implements Signal {}

  /**
   * The broker took us in.
   *
   * @param receiveMaximum how many unacknowledged messages it takes
   * @param largestPacket in bytes
   */
  record Connected(int receiveMaximum, long largestPacket) implements Signal {}

  /** The broker's answer to the subscriptions, a reason code each. */
  record Subscribed(List<Integer> codes) implements Signal {}

  /** The broker's PUBACK. */
  record Acknowledged(Message message, int code) implements Signal {}

  record Arrived(Request request) implements Signal {}

  /** The connection came to nothing or to its end. */
  record Lost(String why, int code) implements Signal {}
}
