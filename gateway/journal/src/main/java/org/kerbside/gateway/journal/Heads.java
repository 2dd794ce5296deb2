package org.kerbside.gateway.journal;

/** The greatest key that is committed in each table that only grows. */
record Heads(long readings, long events, long commands, long outcomes, long deliveries) {

  Heads withEvents(long last) {
    return new Heads(readings, last, commands, outcomes, deliveries);
  }
}
