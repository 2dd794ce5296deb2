package org.kerbside.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Unit;

/** Numbers as people write them, {@code 120cm}, in kept units. */
public final class Quantities {

  private static final Pattern WRITTEN =
      Pattern.compile("([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*(\\S*)");

  private Quantities() {}

  /** The number in the kept unit of {@code wanted}; null, and a mistake, when it is none. */
  public static @Nullable Double read(Text text, Unit wanted, Mistakes mistakes) {
    var match = WRITTEN.matcher(text.text());
    if (!match.matches()) {
      mistakes.add(
          text.mark(),
          "E104",
          "'%s' is not a number with a unit".formatted(text),
          "write for example 12%s".formatted(wanted.symbol()));
      return null;
    }
    String symbol = match.group(2);
    if (symbol.isEmpty() && !wanted.fits(Unit.RATIO)) {
      mistakes.add(
          text.mark(),
          "E101",
          "'%s' has no unit".formatted(text),
          "write %s%s (%s are accepted)"
              .formatted(text, wanted.symbol(), String.join(", ", wanted.siblings())));
      return null;
    }
    Unit unit = symbol.isEmpty() ? wanted.kept() : Unit.of(symbol);
    if (unit == null || !unit.fits(wanted)) {
      mistakes.add(
          text.mark(),
          "E102",
          "'%s' has a unit of another quantity".formatted(text),
          "write it in %s".formatted(String.join(", ", wanted.siblings())));
      return null;
    }
    return unit.toKept(Double.parseDouble(match.group(1)));
  }

  /** A bare number; null, and a mistake, when it is none. */
  public static @Nullable Double number(Text text, Mistakes mistakes) {
    try {
      double number = Double.parseDouble(text.text());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException told) {
      // Told below, with NaN and the infinities.
    }
    mistakes.add(
        text.mark(),
        "E104",
        "'%s' is not a number".formatted(text),
        "write a number, as 12 or 0.5");
    return null;
  }
}
