package org.kerbside.gateway.model;

/** Who has an asset. */
public enum Mode {
  AUTO,
  MANUAL,
  MAINTENANCE;

  /** As rules, MQTT and the page write it: {@code auto}, {@code manual}, {@code maintenance}. */
  public String word() {
    return switch (this) {
      case AUTO -> "auto";
      case MANUAL -> "manual";
      case MAINTENANCE -> "maintenance";
    };
  }
}
