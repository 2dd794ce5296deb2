package org.kerbside.gateway.journal;

import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * Deliveries that were acknowledged a short while ago, so that a repeated one is acknowledged again
 * and not taken again. Times are the journal's own, in milliseconds. Thread-safe.
 */
final class Deliveries {

  /** EXCHANGE_LIFETIME, RFC 7252 §4.8.2: after it a CoAP peer may use a message id anew. */
  static final Duration LIFETIME = Duration.ofSeconds(247);

  /** Beyond it the oldest are forgotten: a repeat of one of those is then a second reading. */
  static final int MOST = 65_536;

  private record Heard(long row, long at) {}

  private final LinkedHashMap<String, Heard> byKey = new LinkedHashMap<>();

  synchronized void heard(String key, long row, long at) {
    byKey.remove(key);
    byKey.put(key, new Heard(row, at));
    if (byKey.size() > MOST) {
      byKey.pollFirstEntry();
    }
  }

  synchronized boolean knows(String key, long now) {
    var heard = byKey.get(key);
    return heard != null && now - heard.at <= LIFETIME.toMillis();
  }

  /** Forgets the old ones; the first row that is still needed, or {@code next} when none is. */
  synchronized long forget(long now, long next) {
    for (var oldest = byKey.firstEntry(); oldest != null; oldest = byKey.firstEntry()) {
      if (now - oldest.getValue().at <= LIFETIME.toMillis()) {
        return oldest.getValue().row;
      }
      byKey.pollFirstEntry();
    }
    return next;
  }
}
