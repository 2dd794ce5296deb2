package org.kerbside.gateway.app.wiring;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.kerbside.config.AccessConfig;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.page.Access;
import org.kerbside.gateway.page.CabinetButton;
import org.kerbside.gateway.page.Role;
import org.kerbside.gateway.page.RoleKey;
import org.kerbside.gateway.page.Visitors;

/**
 * What a gateway's job codes go by.
 *
 * @param clock real time, even where the site's is simulated
 * @param lastKnown no earlier is it now, whatever the clock says
 * @param visitors of the page, for as long as the process runs
 * @param given keys of roles beside those of the site
 */
public record Codes(Clock clock, Instant lastKnown, Visitors visitors, Map<Role, RoleKey> given) {

  public Codes {
    given = Map.copyOf(given);
  }

  /** By the site's own clock, with the site's keys alone. */
  static Codes by(SiteClock clock, Visitors visitors) {
    return new Codes(clock, clock.lastKnown(), visitors, Map.of());
  }

  /** Nobody in yet. */
  public static Visitors nobody() {
    return new Visitors(new SecureRandom());
  }

  Access access(AccessConfig site, CabinetButton button, Pipeline pipeline) {
    var keys = keys(site);
    keys.putAll(given);
    return new Access(keys, clock, lastKnown, visitors, button, pipeline::arrive);
  }

  /** Those of the site that are keys; what is none was told where the site was read. */
  static Map<Role, RoleKey> keys(AccessConfig site) {
    var keys = new EnumMap<Role, RoleKey>(Role.class);
    site.roles()
        .forEach(
            (word, text) -> {
              var role = Role.named(word);
              var key = RoleKey.read(text);
              if (role != null && key != null) {
                keys.put(role, key);
              }
            });
    return keys;
  }
}
