package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in, in memory alone: a restart logs everybody out. At most 16; one more ends the
 * one that was longest unused. Times are monotonic, from any origin. Thread-safe.
 */
final class Sessions {

  static final int MOST = 16;

  /** Without a request for so long a session ends. */
  static final Duration IDLE = Duration.ofMinutes(30);

  /** So old it ends in any case; as old it may grow unused while its worker has maintenance on. */
  static final Duration OLDEST = Duration.ofHours(8);

  private static final int BYTES = 16;

  private final RandomGenerator chance;
  private final Map<String, Open> open = new HashMap<>(); // by id; guarded by this

  private record Open(Session session, Duration since, Duration used) {}

  /**
   * @param chance must be cryptographically strong
   */
  Sessions(RandomGenerator chance) {
    this.chance = chance;
  }

  /**
   * @param maintains whether somebody works on the site now, in maintenance mode
   */
  synchronized Session begin(Role role, String worker, Duration now, Predicate<Session> maintains) {
    open.values().removeIf(one -> isOver(one, now, maintains));
    while (open.size() >= MOST) {
      var unused = open.values().stream().min(Comparator.comparing(Open::used)).orElseThrow();
      open.remove(unused.session().id());
    }
    var session = new Session(secret(), role, worker, secret());
    open.put(session.id(), new Open(session, now, now));
    return session;
  }

  /** The session of that id, used now; null when there is none, or none any more. */
  synchronized @Nullable Session find(String id, Duration now, Predicate<Session> maintains) {
    var found = open.get(id);
    if (found == null) {
      return null;
    }
    if (isOver(found, now, maintains)) {
      open.remove(id);
      return null;
    }
    open.put(id, new Open(found.session(), found.since(), now));
    return found.session();
  }

  /** The session of that id, not used by that; null when there is none, or none any more. */
  synchronized @Nullable Session seen(String id, Duration now, Predicate<Session> maintains) {
    var found = open.get(id);
    return found == null || isOver(found, now, maintains) ? null : found.session();
  }

  /** Whether it is still one; that is not using it. */
  synchronized boolean has(Session session, Duration now, Predicate<Session> maintains) {
    var found = open.get(session.id());
    return found != null && !isOver(found, now, maintains);
  }

  synchronized void end(String id) {
    open.remove(id);
  }

  synchronized void endAll() {
    open.clear();
  }

  private static boolean isOver(Open one, Duration now, Predicate<Session> maintains) {
    if (now.minus(one.since()).compareTo(OLDEST) >= 0) {
      return true;
    }
    return now.minus(one.used()).compareTo(IDLE) >= 0 && !maintains.test(one.session());
  }

  private String secret() {
    var bytes = new byte[BYTES];
    chance.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
