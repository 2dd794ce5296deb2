package org.kerbside.gateway.model;

/** Where a site's readings come from. Made-up ones say so wherever people or platforms look. */
public enum Origin {
  /** Devices in the street. */
  FIELD,
  /** A simulated street, all of them or some. */
  SIMULATED
}
