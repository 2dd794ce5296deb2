package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.List;

/**
 * One connection to the city's broker, from CONNECT to its end; never used again. No call but the
 * last one waits for the broker: what it says comes as signals. For the uplink's thread alone.
 */
interface Connection {

  /** {@link Signal.Subscribed} follows. */
  void subscribe(List<String> filters) throws LinkException;

  /** {@link Signal.Acknowledged} follows. */
  void publish(Message message) throws LinkException;

  /** PUBACK to the city. */
  void acknowledge(Request request) throws LinkException;

  /** How long nothing came from the broker. */
  Duration silence();

  /**
   * DISCONNECT, so that the broker keeps the will to itself; then the end. Half a second at most.
   */
  void leave();

  /** The end, whatever the broker thinks or the network holds. */
  void sever();
}
