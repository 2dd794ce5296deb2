package org.kerbside.drivers.modbus;

import java.time.Duration;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/** An open bus that takes one request at a time. Used by the bus's thread alone. */
interface Wire extends AutoCloseable {

  /**
   * Asks one device and waits for its answer.
   *
   * @param patience until the first byte; what the answer takes to pass is not counted
   * @throws Unavailable when the line itself is lost
   */
  Answer ask(int unit, Request request, Duration patience) throws Unavailable, InterruptedException;

  @Override
  void close();
}
