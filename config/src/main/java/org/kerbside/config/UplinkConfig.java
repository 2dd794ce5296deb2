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
 * @param budget bytes a month, both ways; absent: as many as there are
 * @param commands what the city's commands must be
 * @param want what the city may push of the configuration
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
    @Nullable Long budget,
    CommandsConfig commands,
    Want want,
    Set<String> accept) {

  /** Which files of the site the city may replace. */
  public enum Want {
    OFF,
    /** Those that the site's own file includes. */
    CITY,
    /** All. */
    SITE
  }

  public UplinkConfig {
    accept = Set.copyOf(accept);
  }

  /** How long a setting holds that names no lease. */
  public Duration lease() {
    return commands.lease();
  }
}
