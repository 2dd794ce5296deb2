package org.kerbside.gateway.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody at the page may do, least first: each may do what the ones before may. */
public enum Role {
  /** Whoever reaches the page: reads. */
  VIEWER,
  /** Acknowledges, shelves, maintains, tests. */
  CREW,
  /** Commissions, calibrates, replaces. */
  INSTALLER,
  /** Reboots, updates, restores. */
  ENGINEER;

  /** As keys, configuration and the command line write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By its word; null when there is none of that name. */
  public static @Nullable Role named(String word) {
    for (var role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    return null;
  }

  boolean covers(Role least) {
    return compareTo(least) >= 0;
  }
}
