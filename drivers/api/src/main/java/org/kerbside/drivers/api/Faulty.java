package org.kerbside.drivers.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A street that is played: its devices can be made to fail. From any thread. */
public interface Faulty {

  /** Each asset that it plays, with the faults that it can have, by their words. */
  Map<String, List<String>> faults();

  /**
   * Lets an asset fail from the next step on.
   *
   * @param lasts of the street's time
   */
  void fault(String asset, String fault, Duration lasts) throws DeviceException;
}
