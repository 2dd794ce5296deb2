package org.kerbside.gateway.page;

/**
 * The button inside the cabinet: who presses it has opened the lock, and is let do more for a
 * minute. Thread-safe.
 */
@FunctionalInterface
public interface CabinetButton {

  /** A cabinet without one. */
  CabinetButton NONE = () -> false;

  /** Whether it was pressed within the last 60 s. */
  boolean wasPressed();
}
