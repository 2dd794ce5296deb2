package org.kerbside.config;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.SettingSpec.Shape;
import org.kerbside.gateway.model.Unit;

/** Numbers as people write them, {@code 120cm}, in kept units. */
public final class Quantities {

  private static final Pattern WRITTEN =
      Pattern.compile("([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*(\\S*)");

  private Quantities() {}

  /** The number in the kept unit of {@code wanted}; null, and a mistake, when it is none. */
  public static @Nullable Double read(Text text, Unit wanted, Mistakes mistakes) {
    return read(text, wanted, wanted.symbol(), Double.MAX_VALUE, mistakes);
  }

  /**
   * The number of a setting in its kept unit; null, and a mistake, when it is none or not in range.
   *
   * @param example whose unit is proposed where one is missing: {@code 120cm}
   */
  static @Nullable Double read(Text text, Shape.Quantity shape, String example, Mistakes mistakes) {
    var match = WRITTEN.matcher(example);
    String proposed = match.matches() ? match.group(2) : shape.unit().symbol();
    Double number = read(text, shape.unit(), proposed, shape.max(), mistakes);
    if (number != null && (number < shape.min() || number > shape.max())) {
      mistakes.add(
          text.mark(),
          "E103",
          "'%s' is out of range".formatted(text),
          "write a value from %s to %s"
              .formatted(written(shape.min(), shape.unit()), written(shape.max(), shape.unit())));
      return null;
    }
    return number;
  }

  private static @Nullable Double read(
      Text text, Unit wanted, String proposed, double greatest, Mistakes mistakes) {
    var match = WRITTEN.matcher(text.text());
    if (!match.matches() || !Double.isFinite(Double.parseDouble(match.group(1)))) {
      mistakes.add(
          text.mark(),
          "E104",
          "'%s' is not a number with a unit".formatted(text),
          "write for example 12%s".formatted(proposed));
      return null;
    }
    String symbol = match.group(2);
    if (symbol.isEmpty() && !wanted.fits(Unit.RATIO) && !wanted.fits(Unit.COUNT)) {
      mistakes.add(
          text.mark(),
          "E101",
          "'%s' has no unit".formatted(text),
          "write %s%s (%s)".formatted(text, proposed, accepted(wanted, greatest)));
      return null;
    }
    Unit unit = symbol.isEmpty() ? wanted.kept() : Unit.of(symbol);
    if (unit == null || !unit.fits(wanted)) {
      mistakes.add(
          text.mark(),
          "E102",
          "'%s' has a unit of another quantity".formatted(text),
          "write it for example in %s (%s)".formatted(proposed, accepted(wanted, greatest)));
      return null;
    }
    return unit.toKept(Double.parseDouble(match.group(1)));
  }

  /** {@code mm, cm and m are accepted}: from small to great, none in which all would be below 1. */
  private static String accepted(Unit wanted, double greatest) {
    var symbols =
        wanted.siblings().stream()
            .map(Unit::of)
            .filter(Objects::nonNull)
            .filter(unit -> unit.toKept(1) <= greatest)
            .sorted(Comparator.comparingDouble(Unit::factor).thenComparing(Unit::symbol))
            .map(Unit::symbol)
            .toList();
    return symbols.size() == 1
        ? "only %s is accepted".formatted(symbols.getFirst())
        : "%s are accepted".formatted(joined(symbols));
  }

  private static String joined(List<String> words) {
    return words.isEmpty()
        ? "no units"
        : "%s and %s"
            .formatted(String.join(", ", words.subList(0, words.size() - 1)), words.getLast());
  }

  /** A number of a kept unit as a site writes it: {@code 0.2m}. */
  static String written(double number, Unit unit) {
    var digits = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    return unit.fits(Unit.RATIO) ? digits : digits + unit.symbol();
  }

  /** A bare number; null, and a mistake, when it is none. */
  public static @Nullable Double number(Text text, Mistakes mistakes) {
    var match = WRITTEN.matcher(text.text());
    if (match.matches() && match.group(2).isEmpty()) {
      double number = Double.parseDouble(match.group(1));
      if (Double.isFinite(number)) {
        return number;
      }
    }
    mistakes.add(
        text.mark(),
        "E104",
        "'%s' is not a number".formatted(text),
        "write a number, as 12 or 0.5");
    return null;
  }
}
