package org.kerbside.drivers.api;

import java.util.List;

/** A chip or device that says what it measures when it is asked. Used by its bus's thread alone. */
@FunctionalInterface
public interface PolledSensor {

  /**
   * Asks it, within a second or two. Tries once: when and how often is the bus's business.
   *
   * @return samples of its quantities; one that it cannot tell now is bad with the reason
   * @throws DeviceException when nothing that it said is worth anything; {@code Unavailable} means
   *     the bus itself
   */
  List<Sample> read() throws DeviceException, InterruptedException;
}
