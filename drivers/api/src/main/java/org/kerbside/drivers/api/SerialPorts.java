package org.kerbside.drivers.api;

import org.kerbside.drivers.api.DeviceException.Unavailable;

/** The serial ports of this machine. What they open is native: a platform thread's business. */
@FunctionalInterface
public interface SerialPorts {

  /**
   * Opens one for us alone.
   *
   * @param port a device file or a link to one, as {@code /dev/serial/by-id/…}
   */
  Line open(String port, LineSettings settings) throws Unavailable;
}
