package org.kerbside.config;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Identity;

/**
 * The way to the city.
 *
 * @param url {@code mqtt://host:port} or {@code mqtts://host:port}
 * @param compress payloads of at least so many bytes are deflated; absent: none are
 * @param ack {@code broker}: a PUBACK frees a frame
 * @param spread after a stable session the first reconnect waits a random part of it
 * @param accept what is allowed only in so many words: {@code plaintext}, {@code anonymous}
 */
public record UplinkConfig(
    Text url,
    String root,
    String tenant,
    Identity identity,
    @Nullable Integer compress,
    String ack,
    Duration spread,
    Duration lease,
    Set<String> accept) {

  public UplinkConfig {
    accept = Set.copyOf(accept);
  }
}
