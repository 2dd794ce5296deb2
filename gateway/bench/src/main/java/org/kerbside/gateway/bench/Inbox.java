package org.kerbside.gateway.bench;

/** How the messages of a subject are read at the city. One thread. */
interface Inbox {

  /** What the city subscribes to. */
  String filter();

  /**
   * A message, its topic and its payload both in the packet.
   *
   * @param nanos when it came
   * @return the payload's bytes when it held readings, else 0
   */
  int take(byte[] packet, Range topic, Range payload, long nanos);

  /** How many messages with readings came. */
  int count();

  /** What is wrong with them; empty when all is well. */
  String problem();

  /** A part of a packet. */
  record Range(int from, int length) {

    int end() {
      return from + length;
    }
  }
}
