package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has guessed too often. A client that was wrong five times waits for 15 minutes; after 100
 * wrong tries of a day, from whatever clients, nobody is let in without the cabinet's button. Times
 * are monotonic, from any origin. Not thread-safe.
 */
final class Lockout {

  static final int TRIES = 5;
  static final int TRIES_A_DAY = 100;

  /** While the day is not known, 31 days' codes are taken: guessing is that much easier. */
  static final int TRIES_WITHOUT_CLOCK = 20;

  static final Duration LOCKED = Duration.ofMinutes(15);

  private static final Duration A_DAY = Duration.ofDays(1);

  // What is counted since the day began.
  private @Nullable Day day;
  private int wrong;

  // By client's address; one that has been quiet for as long as a lock is forgotten.
  private final Map<String, Wrong> clients = new HashMap<>();

  /** A client's wrong tries in a row. */
  private record Wrong(int tries, Duration last) {}

  /** Which day it is, for the count of the whole gateway. */
  sealed interface Day {

    /** By the calendar: it ends at 04:00. */
    record Dated(long day) implements Day {}

    /** Nobody knows: it ends 24 hours after it began. */
    record Undated(Duration began) implements Day {}
  }

  /** What somebody who wants in is told before his code is looked at. */
  sealed interface Standing {

    /** He may try; so often until he is locked. */
    record Free(int left) implements Standing {}

    /** His client waits; so long from now on. */
    record Locked(Duration rest) implements Standing {}

    /** Nobody is let in without the cabinet's button. */
    record Closed() implements Standing {}
  }

  /**
   * Where a client stands.
   *
   * @param today the job day's number; null while the clock is not to be believed
   */
  Standing of(String client, @Nullable Long today, Duration now) {
    turn(today, now);
    var tried = tried(client, now);
    if (tried >= TRIES) {
      return new Standing.Locked(LOCKED.minus(now.minus(last(client, now))));
    }
    return wrong >= most(today) ? new Standing.Closed() : new Standing.Free(TRIES - tried);
  }

  /** Notes a wrong try, and tells where that leaves the client. */
  Standing missed(String client, @Nullable Long today, Duration now) {
    turn(today, now);
    clients.values().removeIf(one -> isForgotten(one, now));
    clients.put(client, new Wrong(tried(client, now) + 1, now));
    wrong++;
    return of(client, today, now);
  }

  /** Notes a right one: what was wrong before was a slip. */
  void passed(String client) {
    clients.remove(client);
  }

  private int tried(String client, Duration now) {
    var known = clients.get(client);
    return known == null || isForgotten(known, now) ? 0 : known.tries();
  }

  private Duration last(String client, Duration now) {
    var known = clients.get(client);
    return known == null ? now : known.last();
  }

  private static boolean isForgotten(Wrong one, Duration now) {
    return now.minus(one.last()).compareTo(LOCKED) >= 0;
  }

  private static int most(@Nullable Long today) {
    return today == null ? TRIES_WITHOUT_CLOCK : TRIES_A_DAY;
  }

  private void turn(@Nullable Long today, Duration now) {
    var counted = day;
    boolean isNew =
        switch (counted) {
          case null -> true;
          // A clock that is lost or found again must not give anybody new tries.
          case Day.Dated(var dated) -> today != null && today > dated;
          case Day.Undated(var began) -> now.minus(began).compareTo(A_DAY) >= 0;
        };
    if (isNew) {
      wrong = 0;
      day = today == null ? new Day.Undated(now) : new Day.Dated(today);
    }
  }
}
