package org.kerbside.gateway.uplink;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the line has carried since the start, both ways, as the bill of a SIM card counts it: TLS
 * and MQTT as they are, and what IP and TCP put around them, reckoned. Thread-safe.
 */
final class Traffic {

  /**
   * Each segment that is written has headers, so has the answer to it, and so has what acknowledges
   * the answer: IP 20 bytes (RFC 791 §3.1), TCP 20 (RFC 9293 §3.1), its time stamps 12 (RFC 7323
   * §3.2).
   */
  static final int AROUND = 3 * (20 + 20 + 12);

  /** What a segment carries where the network takes packets of 1,500 bytes. */
  static final int SEGMENT = 1_500 - 52;

  private final LongAdder bytes = new LongAdder();

  void wrote(int length) {
    bytes.add(length + (long) AROUND * ((length + SEGMENT - 1) / SEGMENT));
  }

  void read(int length) {
    bytes.add(Math.max(0, length));
  }

  long bytes() {
    return bytes.sum();
  }
}
