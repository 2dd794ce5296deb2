package org.kerbside.rules;

import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.model.Unit;

/** Whether two sides of a comparison or a sum are of one dimension. */
final class Units {

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

  private static String perMinute(Unit perSecond) {
    var symbol = perSecond.symbol();
    var of = symbol.substring(0, symbol.lastIndexOf('/'));
    return (of.equals("/") ? "%" : of) + "/min";
  }
}
