package org.kerbside.gateway.model;

/** What stands for readings that were given up, the finest first. */
public enum Instead {
  /** Minimum, maximum, mean and transitions of each minute. */
  MINUTE,
  /** The same of each hour. */
  HOUR,
  NOTHING;

  /** The word of the MQTT contract: {@code minute}, {@code hour}, {@code nothing}. */
  public String word() {
    return switch (this) {
      case MINUTE -> "minute";
      case HOUR -> "hour";
      case NOTHING -> "nothing";
    };
  }
}
