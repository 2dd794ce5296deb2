package org.kerbside.drivers.simulator;

/**
 * What lies between a source and its consumers: wires behind a feeder, pipes behind a master.
 * Belongs to the world's step: the source opens it, then the consumers draw.
 */
final class Circuit {

  private double supply = 1;
  private double drawn;

  /** From 0, closed, to 1. */
  double supply() {
    return supply;
  }

  /** What the consumers drew since the source last supplied; in watts or m3/s. */
  double drawn() {
    return drawn;
  }

  void supply(double share) {
    supply = share;
    drawn = 0;
  }

  void draw(double amount) {
    drawn += amount;
  }
}
