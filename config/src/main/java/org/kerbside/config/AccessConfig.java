package org.kerbside.config;

import java.util.Map;

/**
 * Whose job codes the page takes.
 *
 * @param roles the key of each role, 64 hex digits, by the role's word; empty: nobody is let in
 */
public record AccessConfig(Map<String, String> roles) {

  public AccessConfig {
    roles = Map.copyOf(roles);
  }

  /** Never the keys: this may be printed in logs. */
  @Override
  public String toString() {
    return "roles %s".formatted(roles.keySet());
  }
}
