package org.kerbside.drivers.lorawan;

/** Bytes of a payload; nobody changes them. */
final class Telegram {

  static final Telegram NONE = new Telegram(new byte[0]);

  private final byte[] bytes;

  Telegram(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }
}
