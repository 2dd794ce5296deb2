package org.kerbside.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.AccessConfig.Wifi;

/**
 * Reads {@code access: { roles: { crew: !secret role-crew }, wifi: { password: !secret access-point
 * } }}; what is absent lets nobody in.
 */
final class AccessReader {

  private static final List<String> ROLES = List.of("crew", "installer", "engineer");
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern PASSPHRASE = Pattern.compile("[ -~]{8,63}");
  private static final String ADDRESS = "10.73.1.1";

  private final Mistakes mistakes;

  AccessReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  AccessConfig read(@Nullable Section own) {
    if (own == null) {
      return AccessConfig.NONE;
    }
    var roles = own.section("roles");
    var wifi = own.section("wifi");
    var config =
        new AccessConfig(roles == null ? Map.of() : keys(roles), wifi == null ? null : wifi(wifi));
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

  private @Nullable Wifi wifi(Section own) {
    var network = own.text("network");
    var password = own.required("password", "!secret access-point");
    var address = own.text("address");
    own.refuseOthers("'wifi'");
    return password == null || !isPassphrase(password)
        ? null
        : new Wifi(
            network == null ? "" : network.text(),
            password.text(),
            address == null ? ADDRESS : address.text());
  }

  /** As WPA takes it (IEEE 802.11-2020, J.4.1). */
  private boolean isPassphrase(Text password) {
    tellOpen(password, "the access point's password", "password", "access-point");
    boolean isRead = PASSPHRASE.matcher(password.text()).matches();
    if (!isRead && !mistakes.isTold(password.mark())) {
      mistakes.add(
          password.mark(),
          "E503",
          "the access point's password is no 8 to 63 plain characters",
          "make one by: openssl rand -hex 10");
    }
    return isRead;
  }

  private void tellOpen(Text key, String what, String name, String secret) {
    if (key.style() != Text.Style.SECRET) {
      mistakes.add(
          key.mark(),
          "W501",
          "%s stands in the open".formatted(what),
          "put it into secrets/%s and write %s: !secret %s".formatted(secret, name, secret));
    }
  }

  private boolean isKey(String role, Text key) {
    tellOpen(key, "the key of role '%s'".formatted(role), role, "role-" + role);
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
