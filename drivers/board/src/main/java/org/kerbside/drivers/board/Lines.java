package org.kerbside.drivers.board;

import org.jspecify.annotations.Nullable;

/**
 * Which lines of its chip a device is on: {@code 17}, or {@code 17+18} for a relay with a contact
 * that shows what it does.
 *
 * @param feedback of that contact; absent where nothing comes back
 */
record Lines(int line, @Nullable Integer feedback) {

  private static final int MOST = 255;

  /** Null where the address is none. */
  static @Nullable Lines of(String address) {
    int plus = address.indexOf('+');
    var line = number(plus < 0 ? address : address.substring(0, plus));
    var feedback = plus < 0 ? null : number(address.substring(plus + 1));
    boolean isWhole = line != null && (plus < 0 || (feedback != null && !feedback.equals(line)));
    return isWhole && line != null ? new Lines(line, feedback) : null;
  }

  private static @Nullable Integer number(String written) {
    var number = Whole.address(written);
    return number == null || number > MOST ? null : number;
  }
}
