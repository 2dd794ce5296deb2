package org.kerbside.gateway.model;

/** How far the wall clock may be trusted. */
public enum ClockQuality {
  /** Disciplined by a time source. */
  SYNC,
  /** Was disciplined; has drifted at most by the stated bound since. */
  HOLD,
  /** Never known since this start: wall times mean nothing. */
  NONE;

  /** The word of the MQTT contract: {@code sync}, {@code hold}, {@code none}. */
  public String word() {
    return switch (this) {
      case SYNC -> "sync";
      case HOLD -> "hold";
      case NONE -> "none";
    };
  }
}
