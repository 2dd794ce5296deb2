package org.kerbside.gateway.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which names this page answers to. A foreign name that resolves to us is somebody else's page
 * trying to read ours, or a phone that joined the access point and asks for anything at all.
 */
final class Hosts {

  private Hosts() {}

  /** An address as a number cannot be made to point elsewhere; names are ours when local. */
  static boolean isOurs(@Nullable String host, String bound) {
    if (host == null) {
      return false;
    }
    var name = withoutPort(host.toLowerCase(Locale.ROOT));
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.endsWith(".local")
        || name.equals(bound.toLowerCase(Locale.ROOT))
        || name.matches("\\[[0-9a-f:.%]+]|\\d{1,3}(\\.\\d{1,3}){3}");
  }

  /** Where a foreign name is sent: the address at which it reached us. */
  static String address(String localAddress, int localPort) {
    var host =
        localAddress.contains(":") && !localAddress.startsWith("[")
            ? "[" + localAddress + "]"
            : localAddress;
    return "http://" + host + (localPort == 80 ? "" : ":" + localPort) + "/";
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":\\d+$", "");
  }
}
