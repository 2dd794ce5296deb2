package org.kerbside.gateway.cli;

import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether there is a page, and where it listens. */
public sealed interface PageDoor {

  /** What the kernel takes for all of its interfaces. */
  Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0", "*");

  record Closed() implements PageDoor {
    @Override
    public String toString() {
      return "none";
    }
  }

  /** An address without brackets, also for IPv6; port 0 takes any free one. */
  record At(String address, int port) implements PageDoor {
    /** As a browser wants it. */
    @Override
    public String toString() {
      return "http://%s:%d/".formatted(address.contains(":") ? "[" + address + "]" : address, port);
    }
  }

  /** Where to listen; null when there is no page. A name is looked up here. */
  default @Nullable InetSocketAddress resolved() {
    return switch (this) {
      case Closed() -> null;
      case At(var address, var port) -> new InetSocketAddress(address, port);
    };
  }

  /** Reads {@code 127.0.0.1:8080}, {@code [::1]:8080} or {@code none}. */
  static PageDoor of(String text) {
    if (text.equals("none")) {
      return new Closed();
    }
    int colon = text.lastIndexOf(':');
    int port = colon < 1 ? -1 : port(text.substring(colon + 1));
    if (port < 0) {
      throw new IllegalArgumentException(
          "'%s' is no place for the page: expected ADDRESS:PORT, as 127.0.0.1:8080, or none"
              .formatted(text));
    }
    var address = unbracketed(text.substring(0, colon));
    if (EVERYWHERE.contains(address)) {
      throw new IllegalArgumentException(
          "'%s' is every interface, the street's too: expected the address of one".formatted(text));
    }
    return new At(address, port);
  }

  private static String unbracketed(String address) {
    return address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
  }

  private static int port(String text) {
    if (!text.matches("\\d{1,5}")) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port <= 65_535 ? port : -1;
  }
}
