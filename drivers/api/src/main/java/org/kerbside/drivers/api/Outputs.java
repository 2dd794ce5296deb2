package org.kerbside.drivers.api;

import org.kerbside.gateway.model.Value;

/** The actuators of a bus. Called on control's thread: hands over and returns. */
public interface Outputs {

  /** Moves one output. What came of it is told by the next sample of that quantity. */
  void move(String device, String quantity, Value value) throws DeviceException;

  /** Whether anything is wired there: an output that is not is left alone, and never tried. */
  default boolean has(String device, String quantity) {
    return true;
  }
}
