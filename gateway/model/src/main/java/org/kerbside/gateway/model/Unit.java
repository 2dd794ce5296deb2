package org.kerbside.gateway.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unit by its SenML symbol (RFC 8428 §12.1, RFC 8798), or one that people write and the house
 * converts at the door.
 *
 * @param symbol the SenML symbol, or what people write
 * @param base the unit that values are kept in; itself for a SenML unit
 * @param factor base = value × factor + offset
 */
public record Unit(String symbol, @Nullable Unit base, double factor, double offset) {

  private static final Map<String, Unit> BY_SYMBOL = new HashMap<>();

  public static final Unit RATIO = kept("/");
  public static final Unit CELSIUS = kept("Cel");
  public static final Unit HUMIDITY = kept("%RH");
  public static final Unit CHARGE = kept("%EL");
  public static final Unit VOLT = kept("V");
  public static final Unit AMPERE = kept("A");
  public static final Unit WATT = kept("W");
  public static final Unit HERTZ = kept("Hz");
  public static final Unit LUX = kept("lx");
  public static final Unit PASCAL = kept("Pa");
  public static final Unit METRE_PER_SECOND = kept("m/s");
  public static final Unit CONDUCTIVITY = kept("S/m");
  public static final Unit KILOGRAM = kept("kg");
  public static final Unit DEGREE = kept("deg");
  public static final Unit COUNT = kept("count");
  public static final Unit DECIBEL = kept("dB");
  public static final Unit SECOND = kept("s");
  public static final Unit METRE = kept("m");
  public static final Unit FLOW = kept("m3/s");
  public static final Unit CUBIC_METRE = kept("m3");
  public static final Unit KILOWATT_HOUR = kept("kWh");
  public static final Unit MICROGRAM = kept("ug/m3");
  public static final Unit DBM = kept("dBm");

  /** A gas's share of the air, millionths: kept as a mass, which depends on the gas. */
  public static final Unit PPM = kept("ppm");

  /** A meter's factor: pulses of a cubic metre. No reading has it. */
  public static final Unit PER_CUBIC_METRE = kept("/m3");

  // What chips tell.
  public static final Unit MILLIMETRE = written("mm", METRE, 0.001);
  public static final Unit CENTIMETRE = written("cm", METRE, 0.01);

  static {
    written("%", RATIO, 0.01);
    written("km", METRE, 1000);
    written("mV", VOLT, 0.001);
    written("mA", AMPERE, 0.001);
    written("kW", WATT, 1000);
    written("Wh", KILOWATT_HOUR, 0.001);
    written("J", KILOWATT_HOUR, 1 / 3.6e6);
    written("kPa", PASCAL, 1000);
    written("bar", PASCAL, 100_000);
    written("ms", SECOND, 0.001);
    written("min", SECOND, 60);
    written("h", SECOND, 3600);
    written("d", SECOND, 86_400);
    written("L", CUBIC_METRE, 0.001);
    written("l", CUBIC_METRE, 0.001);
    written("/L", PER_CUBIC_METRE, 1000);
    written("L/min", FLOW, 0.001 / 60);
    written("l/min", FLOW, 0.001 / 60);
    written("m3/h", FLOW, 1 / 3600.0);
    written("m3/day", FLOW, 1 / 86_400.0);
    written("m³", CUBIC_METRE, 1);
    written("mg/m3", MICROGRAM, 1000);
    written("uS/cm", CONDUCTIVITY, 1e-4);
    written("°C", CELSIUS, 1);
    BY_SYMBOL.put("K", new Unit("K", CELSIUS, 1, -273.15)); // SenML's kelvin, RFC 8428 §12.1
  }

  private static Unit kept(String symbol) {
    var unit = new Unit(symbol, null, 1, 0);
    BY_SYMBOL.put(symbol, unit);
    return unit;
  }

  private static Unit written(String symbol, Unit base, double factor) {
    var unit = new Unit(symbol, base, factor, 0);
    BY_SYMBOL.put(symbol, unit);
    return unit;
  }

  /** The unit of that symbol, or null when the house knows none. */
  public static @Nullable Unit of(String symbol) {
    return BY_SYMBOL.get(symbol);
  }

  /**
   * A unit per time, as {@code Cel/min}; null when it is none. An offset means nothing there: a
   * kelvin per minute is a degree per minute.
   */
  public static @Nullable Unit perTime(String symbol) {
    int slash = symbol.lastIndexOf('/');
    var of = slash < 1 ? null : of(symbol.substring(0, slash));
    var time = slash < 1 ? null : of(symbol.substring(slash + 1));
    return of == null || time == null || !time.fits(SECOND)
        ? null
        : new Unit(symbol, of.perSecond(), of.factor / time.factor, 0);
  }

  /** What a change of this unit in a second is kept in. */
  public Unit perSecond() {
    var symbol = kept().symbol + "/" + SECOND.symbol;
    var known = of(symbol);
    return known == null ? new Unit(symbol, null, 1, 0) : known;
  }

  /** The unit that values of this one are kept in. */
  public Unit kept() {
    return base == null ? this : base;
  }

  public boolean fits(Unit other) {
    return kept().symbol.equals(other.kept().symbol);
  }

  /** A number of this unit in its kept unit. */
  public double toKept(double number) {
    return base == null ? number : scaled(number, factor) + offset;
  }

  /**
   * A number times a factor, rounded once where that is one part of a whole number: 95 by 0.01 is
   * 0.95, while 95 × 0.01 is a little more.
   */
  public static double scaled(double number, double factor) {
    double inverse = Math.rint(1 / factor);
    boolean isPart = Math.abs(inverse) > 1 && Math.abs(inverse * factor - 1) < 1e-12;
    return isPart ? number / inverse : number * factor;
  }

  /** Every symbol that the house knows, in order. */
  public static java.util.List<String> symbols() {
    return BY_SYMBOL.keySet().stream().sorted().toList();
  }

  /** Symbols of every unit that converts to the same kept unit, this house's order unspecified. */
  public java.util.List<String> siblings() {
    return BY_SYMBOL.values().stream().filter(this::fits).map(Unit::symbol).sorted().toList();
  }

  @Override
  public String toString() {
    return symbol;
  }
}
