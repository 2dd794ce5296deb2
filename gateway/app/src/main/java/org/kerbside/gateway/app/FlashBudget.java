package org.kerbside.gateway.app;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the card may be asked to write: a bucket of bytes that fills at so many a day. While it is
 * well filled a commit waits for nothing; the emptier, the longer it waits for company, because a
 * commit costs some kilobytes however little is in it. Belongs to the writer's thread.
 */
final class FlashBudget {

  /** A commit waits no longer than this while there are tokens. */
  static final Duration WITHIN = Duration.ofSeconds(5);

  /** And no longer than this without. */
  static final Duration WITHOUT = Duration.ofSeconds(10);

  private static final long DAY = Duration.ofDays(1).toNanos();

  /** The bucket holds what comes in an hour: a burst may take it at once. */
  private static final int HOURS = 24;

  private final @Nullable Long perDay;
  private double tokens; // bytes
  private long filled; // ns, monotonic

  /**
   * @param perDay bytes; absent: nothing is ever held back
   * @param now monotonic, ns
   */
  FlashBudget(@Nullable Long perDay, long now) {
    this.perDay = perDay;
    tokens = perDay == null ? 0 : (double) perDay / HOURS;
    filled = now;
  }

  /** How long the next commit may be held back. */
  Duration patience(long now) {
    if (perDay == null) {
      return Duration.ZERO;
    }
    fill(perDay, now);
    double full = (double) perDay / HOURS;
    if (tokens >= full / 2) {
      return Duration.ZERO;
    }
    if (tokens <= 0) {
      return WITHOUT;
    }
    return Duration.ofNanos(Math.round(WITHIN.toNanos() * (1 - 2 * tokens / full)));
  }

  /** So many bytes went to the card. */
  void spend(long bytes, long now) {
    if (perDay != null) {
      fill(perDay, now);
      tokens = Math.max(tokens - bytes, -(double) perDay / HOURS);
    }
  }

  private void fill(long rate, long now) {
    tokens = Math.min((double) rate / HOURS, tokens + (double) rate * (now - filled) / DAY);
    filled = now;
  }
}
