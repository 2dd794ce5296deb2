package org.kerbside.gateway.uplink;

import java.time.Duration;

/**
 * How long the uplink waits before it believes that nothing will come.
 *
 * @param connack from the first packet to the broker's answer
 * @param progress with messages in flight and no PUBACK
 * @param keepAlive between packets on a quiet line, in whole seconds; twice as long without input
 *     is a dead line
 * @param farewell for the last PUBACKs when the gateway stops
 * @param stable a session that held so long starts the next back-off from the beginning
 * @param watermark for the platform's word after a PUBACK, before the newest frame asks for it
 * @param refused how long a frame is tried that the broker refuses, before it is set aside
 */
record Deadlines(
    Duration connack,
    Duration progress,
    Duration keepAlive,
    Duration farewell,
    Duration stable,
    Duration watermark,
    Duration refused) {

  static final Deadlines USUAL =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10));
}
