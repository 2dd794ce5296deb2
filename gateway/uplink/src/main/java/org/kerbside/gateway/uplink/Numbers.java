package org.kerbside.gateway.uplink;

import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** Numbers as the contract writes them: the shortest that read back equal, without exponent. */
final class Numbers {

  private static final double PLAIN_BELOW = 1e15;
  private static final double EXACT = 1L << 53;
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private Numbers() {}

  static void write(JsonGenerator json, double number) {
    double size = Math.abs(number);
    if (size >= PLAIN_BELOW) {
      json.writeNumber(number);
    } else if (number == Math.rint(number)) {
      json.writeNumber((long) number);
    } else if (!wroteDecimal(json, number)) {
      json.writeNumber(new BigDecimal(Double.toString(number)).toPlainString());
    }
  }

  /** Milliseconds as seconds. */
  static void writeSeconds(JsonGenerator json, long millis) {
    if (millis % 1000 == 0) {
      json.writeNumber(millis / 1000);
    } else {
      writeScaled(json, millis, 3);
    }
  }

  static void writeSeconds(JsonGenerator json, Instant at) {
    writeSeconds(json, at.toEpochMilli());
  }

  private static boolean wroteDecimal(JsonGenerator json, double number) {
    for (int digits = 1; digits < POWERS.length; digits++) {
      double scaled = Math.rint(number * POWERS[digits]);
      if (Math.abs(scaled) >= EXACT) {
        return false;
      }
      // Both are exact, so their quotient is what a parser makes of the decimal.
      if (scaled / POWERS[digits] == number) {
        writeScaled(json, (long) scaled, digits);
        return true;
      }
    }
    return false;
  }

  private static void writeScaled(JsonGenerator json, long scaled, int decimals) {
    char[] text = new char[24];
    int start = text.length;
    long rest = Math.abs(scaled);
    int written = 0;
    boolean significant = false;
    while (rest > 0 || written <= decimals) {
      int digit = (int) (rest % 10);
      rest /= 10;
      significant |= digit != 0 || written >= decimals;
      if (written == decimals) {
        text[--start] = '.';
      }
      if (significant) {
        text[--start] = (char) ('0' + digit);
      }
      written++;
    }
    if (scaled < 0) {
      text[--start] = '-';
    }
    json.writeNumber(text, start, text.length - start);
  }
}
