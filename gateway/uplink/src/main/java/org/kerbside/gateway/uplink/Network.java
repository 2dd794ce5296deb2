package org.kerbside.gateway.uplink;

/** The way to the city's broker: TCP with the MQTT library, or a simulated one. */
interface Network {

  /**
   * Sends CONNECT. {@link Signal.Connected} or {@link Signal.Lost} follows, or nothing at all.
   *
   * @param mailbox takes this connection's signals
   */
  Connection connect(Message will, Mailbox mailbox) throws LinkException;
}
