package org.kerbside.gateway.journal;

import java.util.random.RandomGenerator;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/**
 * The name of one journal's life: ten characters of Crockford's base 32. From a known clock they
 * are the time part of a ULID; from an unknown one, which may show the same time twice, a {@code Z}
 * that no time before the year 10889 has, and chance.
 */
final class Epoch {

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 10;

  private Epoch() {}

  static String begun(Moment at, RandomGenerator chance) {
    long milliseconds = at.wall().toEpochMilli();
    return at.clock() == ClockQuality.NONE || milliseconds < 0
        ? "Z" + digits(chance.nextLong(), LENGTH - 1)
        : digits(milliseconds, LENGTH);
  }

  private static String digits(long bits, int length) {
    var text = new StringBuilder();
    for (int digit = length - 1; digit >= 0; digit--) {
      text.append(DIGITS.charAt((int) ((bits >>> (5 * digit)) & 31)));
    }
    return text.toString();
  }
}
