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
        "write it in %s".formatted(String.join(", ", against.siblings())));
  }
}
