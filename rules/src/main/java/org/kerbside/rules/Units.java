package org.kerbside.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.gateway.model.Unit;

/** Whether two sides of a comparison or a sum are of one dimension. */
final class Units {

  /** What people write elsewhere. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("C", "Cel"),
          Map.entry("c", "Cel"),
          Map.entry("degC", "Cel"),
          Map.entry("sec", "s"),
          Map.entry("second", "s"),
          Map.entry("seconds", "s"),
          Map.entry("m3h", "m3/h"),
          Map.entry("mins", "min"),
          Map.entry("minute", "min"),
          Map.entry("minutes", "min"),
          Map.entry("hr", "h"),
          Map.entry("hour", "h"),
          Map.entry("hours", "h"),
          Map.entry("day", "d"),
          Map.entry("days", "d"),
          Map.entry("lpm", "L/min"),
          Map.entry("watt", "W"),
          Map.entry("percent", "%"));

  private Units() {}

  /**
   * A mistake at {@code token} when its unit is of another dimension than what it stands against.
   */
  static void check(
      Expression expression,
      Expression.Token token,
      @Nullable Unit unit,
      @Nullable Unit against,
      Mistakes mistakes) {
    if (unit == null || against == null || unit.fits(against)) {
      return;
    }
    mistakes.add(
        expression.mark(token),
        "E403",
        "'%s' is of another quantity: got %s, expected %s".formatted(token.text(), unit, against),
        against.siblings().isEmpty()
            ? "write it per time, as 5%s".formatted(perMinute(against))
            : "write it in %s".formatted(String.join(", ", against.siblings())));
  }

  /** A mistake where a difference is held against a unit whose nought is elsewhere: 10K. */
  static void checkDifference(Expression expression, Expression.Token token, Mistakes mistakes) {
    var unit = token.unit();
    if (unit != null && unit.offset() != 0) {
      mistakes.add(
          expression.mark(token),
          "E403",
          "'%s' is a temperature, and here is a difference".formatted(token.text()),
          "write it in %s".formatted(unit.kept()));
    }
  }

  /** What is no unit of the house, with the one that was probably meant. */
  static void refuse(String written, Mark mark, Mistakes mistakes) {
    String meant = OTHERS.get(written);
    String near =
        meant == null && written.length() > 1 ? Nearest.of(written, Unit.symbols()) : meant;
    mistakes.add(
        mark,
        "E403",
        "'%s' is no unit".formatted(written),
        near == null
            ? "units stand in the documentation, as %, Cel, min, L/min, W"
            : "did you mean '%s'?".formatted(near));
  }

  private static String perMinute(Unit perSecond) {
    var symbol = perSecond.symbol();
    var of = symbol.substring(0, symbol.lastIndexOf('/'));
    return (of.equals("/") ? "%" : of) + "/min";
  }
}
