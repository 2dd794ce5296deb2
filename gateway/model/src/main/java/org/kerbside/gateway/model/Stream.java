package org.kerbside.gateway.model;

/**
 * The two numbered streams of a gateway. Readings live or late share one; events have the other.
 */
public enum Stream {
  READINGS("d"),
  EVENTS("e");

  private final String word;

  Stream(String word) {
    this.word = word;
  }

  /** As frames and topics name it: {@code d}, {@code e}. */
  public String word() {
    return word;
  }
}
