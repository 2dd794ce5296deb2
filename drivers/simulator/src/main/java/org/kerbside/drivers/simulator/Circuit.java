package org.kerbside.drivers.simulator;

/**
 * What lies between a source and its consumers: wires of three phases behind a feeder, pipes behind
 * a master, which are one. Belongs to the world's step: the source opens it, then the consumers
 * draw.
 */
final class Circuit {

  static final int PHASES = 3;

  private final double[] supply = {1, 1, 1};
  private final double[] drawn = new double[PHASES];

  /** The phase at which a consumer hangs: 0, 1 or 2, by the number at the end of its name. */
  static int phase(String asset) {
    int digits = asset.length();
    while (digits > 0 && Character.isDigit(asset.charAt(digits - 1))) {
      digits--;
    }
    var number = asset.substring(digits);
    return number.isEmpty() ? 0 : number.charAt(number.length() - 1) % PHASES;
  }

  /** From 0, closed, to 1. */
  double supply(int phase) {
    return supply[phase];
  }

  double supply() {
    return supply[0];
  }

  /** What the consumers drew since the source last supplied; in watts or m3/s. */
  double drawn() {
    return drawn[0] + drawn[1] + drawn[2];
  }

  double drawn(int phase) {
    return drawn[phase];
  }

  void supply(double share) {
    for (int phase = 0; phase < PHASES; phase++) {
      supply(phase, share);
    }
  }

  void supply(int phase, double share) {
    supply[phase] = share;
    drawn[phase] = 0;
  }

  void draw(double amount) {
    draw(0, amount);
  }

  void draw(int phase, double amount) {
    drawn[phase] += amount;
  }
}
