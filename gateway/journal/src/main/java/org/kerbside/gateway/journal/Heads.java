package org.kerbside.gateway.journal;

/**
 * The greatest key that is committed in each table that only grows.
 *
 * @param audit the link of the last audit event: {@link Chain}
 */
record Heads(
    long readings, long events, long commands, long outcomes, long deliveries, String audit) {

  Heads withEvents(long last) {
    return new Heads(readings, last, commands, outcomes, deliveries, audit);
  }
}
