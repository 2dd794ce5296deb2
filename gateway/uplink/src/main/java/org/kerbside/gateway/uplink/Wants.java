package org.kerbside.gateway.uplink;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Got;
import org.kerbside.gateway.model.Moment;

/** The way of a wanted configuration through this room. Confined to the uplink's thread. */
final class Wants {

  private final String gateway;
  private final Signing signing;
  private final Strangers strangers;

  /**
   * @param nanos now, as of {@code Clock.nanos}
   */
  Wants(String gateway, Signing signing, long nanos) {
    this.gateway = gateway;
    this.signing = signing;
    this.strangers = new Strangers(signing.audits(), nanos);
  }

  /** Whether the site lets the city push any. */
  boolean areHeard() {
    return signing.wants().isOpen();
  }

  /** Retained or not: it is what is wanted until another is. */
  void arrive(byte[] payload, long nanos, Moment now) {
    try {
      signing.wants().arrive(WantReader.read(payload, gateway, signing.seals()));
    } catch (Malformed cause) {
      if (cause instanceof Malformed.Unsigned unsigned) {
        strangers.came("want", "", unsigned.doubt(), nanos, now);
      }
      signing.wants().refused("want: " + cause.getMessage());
    }
  }

  /** What became of the last one. */
  @Nullable Got got() {
    return signing.wants().got();
  }
}
