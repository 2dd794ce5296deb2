package org.kerbside.gateway.app.wiring;

import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.gateway.app.Threshold;

/** A bus with its driver, which may outlive the gateway that opened it. The main thread's. */
final class Line {

  private final Driver driver;
  private final Threshold threshold = new Threshold();
  private boolean isOpen;

  Line(Driver driver) {
    this.driver = driver;
  }

  Driver driver() {
    return driver;
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Delivers there from now on. */
  void lead(Inlet inlet) throws DeviceException, InterruptedException {
    threshold.lead(inlet);
    if (!isOpen) {
      isOpen = true; // One that throws half way is closed like the others.
      driver.open(threshold);
    }
  }

  /** Delivers nothing until it is led somewhere again; what comes meanwhile waits. */
  void hold() throws InterruptedException {
    threshold.hold();
  }
}
