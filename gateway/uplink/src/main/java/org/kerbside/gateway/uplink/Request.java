package org.kerbside.gateway.uplink;

import org.jspecify.annotations.Nullable;

/**
 * A message from the city as it arrived.
 *
 * @param packet its id on this connection, to acknowledge it by
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
record Request(
    String topic,
    byte[] payload,
    Message.Retention retention,
    int packet,
    int qos,
    @Nullable String responseTopic,
    byte @Nullable [] correlation) {}
