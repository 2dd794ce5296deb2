package org.kerbside.drivers.api;

/** Where a driver hands in what its devices said. Thread-safe and bounded. */
public interface Inlet {

  /** Takes it if there is room; else the sender is told to come later. */
  boolean offer(Delivery delivery);

  /** Takes it, waiting for room. */
  void put(Delivery delivery) throws InterruptedException;

  /**
   * Tells of a message that yields nothing: malformed, or from an unknown device. Rate-limited by
   * the receiver.
   *
   * @param what a stable word: {@code malformed}, {@code unknown-device}
   */
  void report(String what, String device, String problem);
}
