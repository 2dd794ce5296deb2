package org.kerbside.gateway.assets;

import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Unit;

/**
 * How a device counts.
 *
 * @param step the smallest it shows, in the point's unit
 * @param around where it begins again at 0, in steps; 0 where nobody said, or it never does
 * @param most the greatest plausible rate, steps a second
 * @param source how the number travels
 * @param excess what it means when it runs faster
 */
record Dial(double step, double around, double most, Source source, Excess excess) {

  /** How a device's number travels. */
  enum Source {
    WHOLE,
    /** 32-bit, which loses its last digits as it grows. */
    FLOAT
  }

  /** What it means when a dial runs faster than it can. */
  enum Excess {
    /** Not the same dial, or a torn number: it must say so three times. */
    JUMP,
    /** A contact bounces: not counted, and counting goes on. */
    BOUNCE
  }

  private static final double JOULES = 3.6e6; // a kWh

  /** What the site says of an asset's counter, or what is plausible for one of its name. */
  static Dial of(Asset asset, Point point) {
    String own = "counters." + point.name();
    double step = asset.setting(own + ".step", step(point));
    double bits = asset.setting(own + ".bits", 0);
    double digits = asset.setting(own + ".digits", 0);
    double around =
        bits > 0 ? StrictMath.pow(2, bits) : digits > 0 ? StrictMath.pow(10, digits) : 0;
    double most = asset.setting(own + ".most", Double.NaN) / perPace(point.unit());
    most = Double.isNaN(most) ? most(asset, point) : most;
    boolean isPulses = point.name().equals("pulses");
    return new Dial(
        step,
        around,
        most / step,
        around > 0 || isPulses ? Source.WHOLE : Source.FLOAT,
        isPulses ? Excess.BOUNCE : Excess.JUMP);
  }

  /** What a rate of a counter in that unit is written in; bare numbers are steps a second. */
  static Unit pace(Unit counter) {
    return counter.fits(Unit.KILOWATT_HOUR)
        ? Unit.WATT
        : counter.fits(Unit.CUBIC_METRE) ? Unit.FLOW : Unit.RATIO;
  }

  private static double perPace(Unit counter) {
    return counter.fits(Unit.KILOWATT_HOUR) ? JOULES : 1;
  }

  private static double step(Point counter) {
    return switch (counter.name()) {
      case "energy" -> 0.001; // kWh
      case "volume", "water" -> 0.0001; // m3
      case "rain" -> 0.0001; // m; gauges tip at 0.1, 0.2 or 0.5 mm
      default -> 1; // uses, pulses, seconds
    };
  }

  /** In the point's unit a second. */
  private static double most(Asset asset, Point counter) {
    return switch (counter.name()) {
      case "energy" -> greatest(asset, "power", 1e6) / JOULES;
      case "volume", "water" -> Meter.most(asset);
      case "pulses" -> Meter.most(asset) * Meter.perCubicMetre(asset);
      case "rain" -> 0.01 / 60; // m: 10 mm a minute is a cloudburst that no gauge has told
      case "visits" -> 5; // people
      default -> 1;
    };
  }

  private static double greatest(Asset asset, String point, double otherwise) {
    var found = asset.point(point);
    return found == null ? otherwise : found.spec().max();
  }

  /** The number of steps that a device's number stands for. */
  long steps(double number) {
    double inverse = Math.rint(1 / step);
    return Math.round(isWhole(inverse) ? number * inverse : number / step);
  }

  /** So many steps in the point's unit; dividing by a whole number rounds once. */
  double scaled(long steps) {
    double inverse = Math.rint(1 / step);
    return isWhole(inverse) ? (double) steps / inverse : (double) steps * step;
  }

  private boolean isWhole(double inverse) {
    return inverse >= 1 && Math.abs(inverse * step - 1) < 1e-9;
  }

  /** Whether so many steps fit into so many seconds. */
  boolean fits(double steps, double seconds) {
    return steps <= 1.2 * most * Math.max(0, seconds) + 1;
  }

  /** How far a float may fall back without having moved, in steps. */
  double noise(long steps) {
    return source == Source.FLOAT ? 1 + Math.ulp((float) scaled(steps)) / step : 0;
  }
}
