package org.kerbside.drivers.simulator;

/** Numbers with the resolution of the instrument that shows them. */
final class Rounded {

  private Rounded() {}

  /** {@code value} in whole parts of a unit: 1000 for thousandths. */
  static double to(double parts, double value) {
    return Math.rint(value * parts) / parts;
  }
}
