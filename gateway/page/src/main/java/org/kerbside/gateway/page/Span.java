package org.kerbside.gateway.page;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far back a chart looks, and in which steps: 288 at most. */
enum Span {
  HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(1)),
  DAY("24h", Duration.ofHours(24), Duration.ofMinutes(5)),
  WEEK("7d", Duration.ofDays(7), Duration.ofMinutes(60));

  private final String word;
  private final Duration length;
  private final Duration step;

  Span(String word, Duration length, Duration step) {
    this.word = word;
    this.length = length;
    this.step = step;
  }

  /** As the address has it. */
  String word() {
    return word;
  }

  Duration length() {
    return length;
  }

  Duration step() {
    return step;
  }

  /**
   * Where the chart ends now: it moves by whole steps, so that it is not sent again for nothing.
   */
  Instant end(Instant now) {
    long length = step.toMillis();
    return Instant.ofEpochMilli((now.toEpochMilli() / length + 1) * length);
  }

  /** By its word; a day for anything else. */
  static Span of(@Nullable String word) {
    for (var span : values()) {
      if (span.word.equals(word)) {
        return span;
      }
    }
    return DAY;
  }
}
