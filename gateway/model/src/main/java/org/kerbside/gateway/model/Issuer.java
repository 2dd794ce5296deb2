package org.kerbside.gateway.model;

/** Who wants something done, highest priority first. */
public enum Issuer {
  SAFETY,
  CREW,
  CITY,
  RULES,
  PROGRAMME;

  public boolean outranks(Issuer other) {
    return compareTo(other) < 0;
  }

  /** Whether it is somebody, and no rule or programme. */
  public boolean isPerson() {
    return this == CREW || this == CITY;
  }

  /** As {@code a/{asset}} and the page write it. */
  public String word() {
    return switch (this) {
      case SAFETY -> "safety";
      case CREW -> "crew";
      case CITY -> "city";
      case RULES -> "rules";
      case PROGRAMME -> "programme";
    };
  }
}
