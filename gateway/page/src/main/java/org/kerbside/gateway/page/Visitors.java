package org.kerbside.gateway.page;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Who is in at the page, and who has guessed. In memory, for the whole process: it outlives a
 * gateway that begins again because a device was bound or the site changed. Guarded by itself.
 */
public final class Visitors {

  private final Sessions sessions;
  private final Lockout lockout = new Lockout();
  private final Map<Role, String> keys = new HashMap<>(); // by which they were let in

  /**
   * @param chance cryptographically strong
   */
  public Visitors(RandomGenerator chance) {
    sessions = new Sessions(chance);
  }

  Sessions sessions() {
    return sessions;
  }

  Lockout lockout() {
    return lockout;
  }

  /** From now on these keys let in; who came in by others is out. */
  synchronized void under(Map<Role, RoleKey> now) {
    var hex = new HashMap<Role, String>();
    now.forEach((role, key) -> hex.put(role, key.hex()));
    if (!keys.equals(hex)) {
      keys.clear();
      keys.putAll(hex);
      sessions.endAll();
    }
  }
}
