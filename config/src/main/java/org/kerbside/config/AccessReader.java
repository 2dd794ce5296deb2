package org.kerbside.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code access: { roles: { crew: !secret role-crew } }}; what is absent lets nobody in. */
final class AccessReader {

  private static final List<String> ROLES = List.of("crew", "installer", "engineer");
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");

  private final Mistakes mistakes;

  AccessReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  AccessConfig read(@Nullable Section own) {
    if (own == null) {
      return new AccessConfig(Map.of());
    }
    var roles = own.section("roles");
    var config = new AccessConfig(roles == null ? Map.of() : keys(roles));
    own.refuseOthers("'access'");
    return config;
  }

  private Map<String, String> keys(Section roles) {
    var keys = new LinkedHashMap<String, String>();
    for (var role : ROLES) {
      var key = roles.text(role);
      if (key != null && isKey(role, key)) {
        keys.put(role, key.text());
      }
    }
    roles.refuseOthers("'roles'");
    return keys;
  }

  private boolean isKey(String role, Text key) {
    if (key.style() != Text.Style.SECRET) {
      mistakes.add(
          key.mark(),
          "W501",
          "the key of role '%s' stands in the open".formatted(role),
          "put it into secrets/role-%s and write %s: !secret role-%s".formatted(role, role, role));
    }
    // A secret that is missing was told as such, and is still its name.
    boolean isRead = KEY.matcher(key.text()).matches();
    if (!isRead && !mistakes.isTold(key.mark())) {
      mistakes.add(
          key.mark(),
          "E503",
          "the key of role '%s' is no 64 hex digits".formatted(role),
          "make it by: kerbside code --seed FILE --gateway ID --role %s".formatted(role));
    }
    return isRead;
  }
}
