package org.kerbside.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * The sheet on which somebody says what time it is, as its template takes it.
 *
 * @param standing how far the gateway knows the time itself
 * @param earliest the last time that it knew, in the site's zone: {@code 2026-10-01T14:32}
 * @param shown when this was drawn: up, in milliseconds
 * @param trouble why it was not done; empty when nothing was tried
 */
record ClockForm(
    Sheet sheet,
    Standing standing,
    String earliest,
    long shown,
    String trouble,
    @Nullable Session session) {

  /** Whether there is something to set. */
  enum Standing {
    UNKNOWN,
    KNOWN
  }

  boolean isOpen() {
    return standing == Standing.UNKNOWN;
  }

  String token() {
    return session == null ? "" : session.token();
  }

  String zone() {
    return sheet.site().zone().getId();
  }

  String script() {
    return Files.CLOCK.path();
  }
}
