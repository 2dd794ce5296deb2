package org.kerbside.gateway.app;

import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Inlet;

/** The intake as one bus sees it. Thread-safe. */
final class Doorway implements Inlet {

  private final String bus;
  private final Intake intake;

  Doorway(String bus, Intake intake) {
    this.bus = bus;
    this.intake = intake;
  }

  @Override
  public boolean offer(Delivery delivery) {
    return intake.offer(new Arrival.Heard(bus, delivery));
  }

  @Override
  public void put(Delivery delivery) throws InterruptedException {
    intake.put(new Arrival.Heard(bus, delivery));
  }

  @Override
  public void report(String what, String device, String problem) {
    intake.report(new Arrival.Refused(what, bus + "/" + device, problem));
  }
}
