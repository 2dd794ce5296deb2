package org.kerbside.gateway.uplink;

import org.jspecify.annotations.Nullable;

/**
 * One PUBLISH in our own words.
 *
 * @param seq of the frame that it carries; 0 for anything else
 * @param epoch of the frame that it carries; absent for anything else
 * @param correlation of the request that it answers, where there was one
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
record Message(
    Lane lane,
    String topic,
    byte[] payload,
    Retention retention,
    long seq,
    @Nullable String epoch,
    Packing packing,
    byte @Nullable [] correlation) {

  enum Retention {
    RETAINED,
    PASSING
  }

  enum Packing {
    PLAIN,
    ZLIB
  }

  static Message retained(Lane lane, String topic, byte[] payload) {
    return new Message(lane, topic, payload, Retention.RETAINED, 0, null, Packing.PLAIN, null);
  }

  static Message answer(String topic, byte[] payload, byte @Nullable [] correlation) {
    return new Message(
        Lane.NOTICES, topic, payload, Retention.PASSING, 0, null, Packing.PLAIN, correlation);
  }
}
