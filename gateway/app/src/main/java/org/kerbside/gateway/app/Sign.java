package org.kerbside.gateway.app;

/**
 * That a part of the gateway gets on.
 *
 * @param part its name, for people
 * @param count how often it got on, since the start
 * @param excuse why it need not at present; empty when it must
 */
public record Sign(String part, long count, String excuse) {

  public static Sign of(String part, long count) {
    return new Sign(part, count, "");
  }

  /** Of one that can only say whether it is there. */
  public static Sign living(String part, boolean lives) {
    return new Sign(part, 0, lives ? "its thread is there" : "");
  }

  boolean isExcused() {
    return !excuse.isEmpty();
  }
}
