package org.kerbside.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose job codes the page takes, and the cabinet's own wireless network on which it is found.
 *
 * @param roles the key of each role, 64 hex digits, by the role's word; empty: nobody is let in
 * @param wifi the access point; absent where the site names none
 */
public record AccessConfig(Map<String, String> roles, @Nullable Wifi wifi) {

  /** Nobody is let in, and there is no access point. */
  public static final AccessConfig NONE = new AccessConfig(Map.of(), null);

  /**
   * An access point.
   *
   * @param network its name; empty: after the site's id
   * @param password what phones join it by, 8 to 63 characters
   * @param address where phones there find the page, without port
   */
  public record Wifi(String network, String password, String address) {

    /** Never the password, as below. */
    @Override
    public String toString() {
      return "wifi %s at %s".formatted(network, address);
    }
  }

  public AccessConfig {
    roles = Map.copyOf(roles);
  }

  /** Never the keys: this may be printed in logs. */
  @Override
  public String toString() {
    return "roles %s, %s".formatted(roles.keySet(), wifi);
  }
}
