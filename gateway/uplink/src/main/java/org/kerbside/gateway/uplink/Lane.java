package org.kerbside.gateway.uplink;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Stream;

/** What shares the way up, the most urgent first. */
enum Lane {
  /** State, description, answers to commands. */
  NOTICES(null),
  EVENTS(Stream.EVENTS),
  /** Assets' latest state, for late subscribers. */
  ASSETS(null),
  /** Readings committed since this connection stands: topic {@code d}. */
  LIVE(Stream.READINGS),
  /** Readings committed before: topic {@code h}. */
  BACKLOG(Stream.READINGS);

  private final @Nullable Stream stream;

  Lane(@Nullable Stream stream) {
    this.stream = stream;
  }

  /** The stream whose frames it carries, or null when it carries none. */
  @Nullable Stream stream() {
    return stream;
  }

  boolean carriesFrames() {
    return stream != null;
  }
}
