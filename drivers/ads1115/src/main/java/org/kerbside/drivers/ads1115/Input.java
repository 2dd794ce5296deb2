package org.kerbside.drivers.ads1115;

import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/**
 * One input and the transmitter at it.
 *
 * @param quantity that it measures
 * @param channel 0 to 3
 * @param span of the voltage
 * @param shunt in ohm
 * @param low the value at 4 mA
 * @param high the value at 20 mA
 * @param unit of both
 */
record Input(
    String quantity, int channel, Span span, double shunt, double low, double high, Unit unit) {

  /** NAMUR NE 43: below and above these a transmitter measures nothing any more. */
  static final double BROKEN = 3.6; // mA

  static final double SHORT = 21; // mA

  private static final double ZERO = 4; // mA
  private static final double FULL = 20; // mA

  /** What a voltage can be at most, up or down (SBAS444, table 8-3: PGA). */
  enum Span {
    V6_144(0b000, 6.144),
    V4_096(0b001, 4.096),
    V2_048(0b010, 2.048),
    V1_024(0b011, 1.024);

    private final int bits;
    private final double volts;

    Span(int bits, double volts) {
      this.bits = bits;
      this.volts = volts;
    }

    int bits() {
      return bits;
    }

    double volts() {
      return volts;
    }
  }

  /**
   * What a conversion says.
   *
   * @param raw two's complement of 16 bits
   */
  Sample sample(int raw) {
    double milliamperes = (short) raw * span.volts() / 32_768 / shunt * 1000;
    if (milliamperes < BROKEN) {
      return Sample.bad(quantity, Reason.WIRE_BROKEN);
    }
    if (milliamperes > SHORT) {
      return Sample.bad(quantity, Reason.WIRE_SHORT);
    }
    // A zero that sits a little low is still zero.
    double share = Math.max(0, (milliamperes - ZERO) / (FULL - ZERO));
    return Sample.of(quantity, low + share * (high - low), unit);
  }
}
