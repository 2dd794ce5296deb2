package org.kerbside.gateway.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The uplink as people see it.
 *
 * @param state {@code connected}, {@code connecting}, {@code down}
 * @param waiting frames committed and not acknowledged
 * @param sent frames acknowledged since the start
 * @param since since when it is so, by the site's clock
 * @param trouble what went wrong last, for people, also of a link that stands; absent when nothing
 *     did
 */
public record UplinkView(
    State state, long waiting, long sent, Instant since, @Nullable String trouble) {

  /** How the connection stands. */
  public enum State {
    CONNECTED,
    CONNECTING,
    DOWN
  }

  /** The same with another trouble. */
  public UplinkView troubled(@Nullable String trouble) {
    return new UplinkView(state, waiting, sent, since, trouble);
  }
}
