package org.kerbside.gateway.model;

/** How grave an alarm is, rising. */
public enum Severity {
  WARNING,
  ALARM,
  EMERGENCY;

  /** As YAML, MQTT and the page write it: {@code warning}, {@code alarm}, {@code emergency}. */
  public String word() {
    return switch (this) {
      case WARNING -> "warning";
      case ALARM -> "alarm";
      case EMERGENCY -> "emergency";
    };
  }
}
