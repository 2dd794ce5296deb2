package org.kerbside.drivers.board;

import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.gateway.model.Value;

/** A device that is moved. */
interface OutputDevice extends Attached {

  /** Why it cannot be that value is thrown; asked on any thread, touches nothing. */
  void refuse(Value value) throws Refused;

  /** What is wanted from now on, which {@link #refuse} has let pass. */
  void wants(Value value);
}
