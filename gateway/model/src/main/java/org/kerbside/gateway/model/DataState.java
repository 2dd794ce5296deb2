package org.kerbside.gateway.model;

/** The data axis of the page, worst first. Derived, never stored. */
public enum DataState {
  NEVER,
  SILENT,
  BAD,
  STALE,
  UNCERTAIN,
  GOOD;

  /** As {@code a/{asset}} writes it: {@code never}, {@code silent} …. */
  public String word() {
    return switch (this) {
      case NEVER -> "never";
      case SILENT -> "silent";
      case BAD -> "bad";
      case STALE -> "stale";
      case UNCERTAIN -> "uncertain";
      case GOOD -> "good";
    };
  }
}
