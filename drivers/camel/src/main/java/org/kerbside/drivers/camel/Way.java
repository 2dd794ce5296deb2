package org.kerbside.drivers.camel;

/** How messages come in. */
enum Way {
  /** Files in a folder: a file waits there until all that it says is kept. */
  FILE,
  /** Datagrams and lines: nobody is told what became of them. */
  NETTY,
  /** Requests: each is answered once it is kept. */
  NETTY_HTTP,
  /** By any other component: its limits are its own. */
  OTHER;

  static Way of(String scheme) {
    return switch (scheme) {
      case "file" -> FILE;
      case "netty" -> NETTY;
      case "netty-http" -> NETTY_HTTP;
      default -> OTHER;
    };
  }

  /** Whether strangers reach it, if they are let. */
  boolean isOpenToTheNetwork() {
    return this == NETTY || this == NETTY_HTTP;
  }

  /** Whether messages have a name. */
  boolean hasNames() {
    return this == FILE || this == NETTY_HTTP;
  }
}
