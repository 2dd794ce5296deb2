package org.kerbside.deploy.platform.receiver;

import java.util.Map;

/**
 * A message as the broker hands it out.
 *
 * @param users MQTT 5's user properties
 * @param packet its id on this connection, to acknowledge it by
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
record Message(String topic, byte[] payload, Map<String, String> users, int packet, int qos) {

  /** The last level: {@code d}, {@code h}, {@code e}, {@code state}. */
  String leaf() {
    return topic.substring(topic.lastIndexOf('/') + 1);
  }

  /** All levels before the last. */
  String prefix() {
    return topic.substring(0, Math.max(0, topic.lastIndexOf('/')));
  }
}
