package org.kerbside.gateway.page;

import java.net.InetAddress;

/** Who is near enough to be told the gateway's own numbers: this machine and its LAN. */
final class Neighbours {

  private Neighbours() {}

  /**
   * @param remote the peer's address as a number
   */
  static boolean isNear(String remote) {
    try {
      var address = InetAddress.ofLiteral(remote.replace("[", "").replace("]", ""));
      return address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress()
          || isUniqueLocal(address);
    } catch (IllegalArgumentException noNumber) {
      return false;
    }
  }

  /** RFC 4193: fc00::/7. */
  private static boolean isUniqueLocal(InetAddress address) {
    var bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
  }
}
