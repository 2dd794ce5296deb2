package org.kerbside.drivers.api;

import org.kerbside.gateway.model.Value;

/** The actuators of a bus. Called on control's thread: hands over and returns. */
public interface Outputs {

  /** Moves one output. What came of it is told by the next sample of that quantity. */
  void move(String device, String quantity, Value value) throws DeviceException;
}
