package org.kerbside.gateway.page;

/**
 * The cabinet's own wireless network, as its label has it.
 *
 * @param network its name
 * @param password what a phone joins it by
 * @param address where phones that joined find the page: {@code 10.73.1.1}
 */
public record AccessPoint(String network, String password, String address) {

  String url() {
    return "http://" + address;
  }

  /**
   * Whether that address is one that the network gives to phones: its own but for the last byte.
   */
  boolean has(String remote) {
    int dot = address.lastIndexOf('.');
    return dot > 0 && remote.startsWith(address.substring(0, dot + 1));
  }

  /** Never the password: this may be printed in logs. */
  @Override
  public String toString() {
    return "%s at %s".formatted(network, address);
  }
}
