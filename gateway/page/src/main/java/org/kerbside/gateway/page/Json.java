package org.kerbside.gateway.page;

import java.math.BigDecimal;
import java.math.MathContext;

/** The few words of JSON that the page speaks. */
final class Json {

  private static final MathContext SEVEN = new MathContext(7);

  private Json() {}

  static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** The shortest that says it. */
  static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** To seven digits. */
  static String rounded(double number) {
    return number(new BigDecimal(number).round(SEVEN).doubleValue());
  }
}
