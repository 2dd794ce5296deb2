package org.kerbside.gateway.page;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.kerbside.gateway.model.PointSpec;

/** Numbers in the units that people read: %, L/min, °C. */
final class Numbers {

  private Numbers() {}

  static String count(long number) {
    return digits((double) number, 0);
  }

  /** Of a card or a file, in millions of bytes. */
  static String megabytes(long bytes) {
    return digits(bytes / 1e6, 1) + " MB";
  }

  static String share(double ratio) {
    return digits(ratio * 100, 0) + "%";
  }

  static String centimetres(double metres) {
    return digits(metres * 100, 1) + " cm";
  }

  static String text(double number, PointSpec spec) {
    return switch (spec.unit().kept().symbol()) {
      case "/" -> isShare(spec) ? share(number) : digits(number, 2);
      case "Cel" -> digits(number, 1) + " °C";
      case "%RH", "%EL" -> digits(number, 0) + "%";
      case "V" -> digits(number, 1) + " V";
      case "A" -> digits(number, 2) + " A";
      case "W" -> digits(number, number < 10 ? 1 : 0) + " W";
      case "Hz" -> digits(number, 2) + " Hz";
      case "lx" -> digits(number, 0) + " lx";
      case "Pa" -> digits(number / 1000, 0) + " kPa";
      case "m/s" -> digits(number, 1) + " m/s";
      case "S/m" -> digits(number * 10_000, 0) + " µS/cm";
      case "kg" -> digits(number, 1) + " kg";
      case "deg" -> digits(number, 0) + "°";
      case "count" -> digits(number, 0);
      case "m" -> digits(number * 1000, 0) + " mm";
      case "m3/s" -> digits(number * 60_000, 1) + " L/min";
      case "m3" -> digits(number, 2) + " m³";
      case "kWh" -> digits(number, 2) + " kWh";
      case "ug/m3" -> digits(number / 1000, number < 10 ? 3 : 2) + " mg/m³";
      case "dBm" -> digits(number, 0) + " dBm";
      default -> digits(number, 2) + " " + spec.unit().symbol();
    };
  }

  /** Fill, dimming, a valve are shares; a power factor or a free number under the same unit not. */
  static boolean isShare(PointSpec spec) {
    return spec.unit().kept().symbol().equals("/") && spec.min() >= 0 && spec.max() <= 1.5;
  }

  private static String digits(double number, int decimals) {
    var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(0);
    format.setMaximumFractionDigits(decimals);
    format.setRoundingMode(RoundingMode.HALF_UP);
    var text = format.format(number);
    return text.equals("-0") ? "0" : text;
  }
}
