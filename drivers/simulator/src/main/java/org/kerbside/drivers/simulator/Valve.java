package org.kerbside.drivers.simulator;

/** A motor valve: runs from shut to open in 5 to 20 s, by make. Shut until ordered. */
final class Valve {

  private final double travel;
  private double ordered;
  private double position;

  Valve(Chance make) {
    this.travel = make.between(0, 5, 20);
  }

  void order(double share) {
    ordered = share;
  }

  void run(double seconds) {
    double way = seconds / travel;
    position += Math.clamp(ordered - position, -way, way);
  }

  /** From 0, shut, to 1. */
  double position() {
    return position;
  }

  boolean isMoving() {
    return position != ordered;
  }
}
