package org.kerbside.drivers.testkit;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Sample;

/** An inlet that keeps everything, at once or when told, or refuses it. Thread-safe. */
public final class RecordingInlet implements Inlet {

  /** What becomes of a delivery. */
  public enum Answer {
    KEEP,
    /** Nobody is told until {@link #keepHeld} or {@link #refuseHeld}. */
    HOLD,
    REFUSE,
    /** No room: an offer is turned away, a put waits. */
    FULL
  }

  /** What was told of a message that yields nothing. */
  public record Report(String what, String device, String problem) {}

  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Delivery> held = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();
  private Answer answer = Answer.KEEP;

  public synchronized void answer(Answer next) {
    answer = next;
    notifyAll();
  }

  @Override
  public synchronized boolean offer(Delivery delivery) {
    if (answer == Answer.FULL) {
      return false;
    }
    take(delivery);
    return true;
  }

  @Override
  public synchronized void put(Delivery delivery) throws InterruptedException {
    while (answer == Answer.FULL) {
      wait();
    }
    take(delivery);
  }

  private void take(Delivery delivery) {
    deliveries.add(delivery);
    switch (answer) {
      case KEEP -> delivery.receipt().kept();
      case REFUSE -> delivery.receipt().refused("storage");
      case HOLD, FULL -> held.add(delivery);
    }
  }

  @Override
  public synchronized void report(String what, String device, String problem) {
    reports.add(new Report(what, device, problem));
  }

  public synchronized void keepHeld() {
    held.forEach(delivery -> delivery.receipt().kept());
    held.clear();
  }

  public synchronized void refuseHeld() {
    held.forEach(delivery -> delivery.receipt().refused("storage"));
    held.clear();
  }

  public synchronized int size() {
    return deliveries.size();
  }

  public synchronized List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  public synchronized List<Sample> samples() {
    return deliveries.stream().flatMap(delivery -> delivery.samples().stream()).toList();
  }

  public synchronized List<Report> reports() {
    return List.copyOf(reports);
  }

  public synchronized void clear() {
    deliveries.clear();
    held.clear();
    reports.clear();
  }
}
