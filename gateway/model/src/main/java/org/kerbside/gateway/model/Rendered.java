package org.kerbside.gateway.model;

/**
 * A frame as it goes over the wire, and as the journal keeps it: a resent one is the same bytes. No
 * record, because the bytes are handed over and never copied: nobody changes them.
 */
public final class Rendered {

  /** How the payload is packed. */
  public enum Encoding {
    PLAIN,
    /** RFC 1950. */
    ZLIB
  }

  private final byte[] payload;
  private final Encoding encoding;

  public Rendered(byte[] payload, Encoding encoding) {
    this.payload = payload;
    this.encoding = encoding;
  }

  public byte[] payload() {
    return payload;
  }

  public Encoding encoding() {
    return encoding;
  }
}
