package org.kerbside.gateway.uplink;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Got;

/** The way of a wanted configuration through this room. Confined to the uplink's thread. */
final class Wants {

  private final String gateway;
  private final Signing signing;

  Wants(String gateway, Signing signing) {
    this.gateway = gateway;
    this.signing = signing;
  }

  /** Whether the site lets the city push any. */
  boolean areHeard() {
    return signing.wants().isOpen();
  }

  /** Retained or not: it is what is wanted until another is. */
  void arrive(byte[] payload) {
    try {
      signing.wants().arrive(WantReader.read(payload, gateway, signing.seals()));
    } catch (Malformed cause) {
      signing.wants().refused("want: " + cause.getMessage());
    }
  }

  /** What became of the last one. */
  @Nullable Got got() {
    return signing.wants().got();
  }
}
