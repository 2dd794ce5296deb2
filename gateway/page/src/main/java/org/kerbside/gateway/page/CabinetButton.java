package org.kerbside.gateway.page;

/**
 * The button inside the cabinet: who presses it has opened the lock, and is let do more for a
 * minute. Thread-safe.
 */
@FunctionalInterface
public interface CabinetButton {

  /** A cabinet without one. */
  CabinetButton NONE = () -> Press.NOT_FITTED;

  /** How it stands. */
  enum Press {
    /** There is none: nothing can be asked of it, and nothing is let by it. */
    NOT_FITTED,
    RESTING,
    /** It was pressed within the last 60 s. */
    PRESSED
  }

  Press press();

  default boolean wasPressed() {
    return press() == Press.PRESSED;
  }
}
