package org.kerbside.drivers.api;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How characters go over a serial line: {@code 9600 8N1}. No device of a street has other than
 * eight data bits.
 *
 * @param baud bits a second, 300 to 1,000,000
 * @param stop bits, 1 or 2
 */
public record LineSettings(int baud, Parity parity, int stop) {

  public static final LineSettings USUAL = of(9600);

  private static final Pattern WRITTEN = Pattern.compile("(\\d{3,7}) 8([NEO])([12])");
  private static final int LEAST_BAUD = 300;
  private static final int MOST_BAUD = 1_000_000;

  /** What makes the bits of a character even or odd in number. */
  public enum Parity {
    NONE,
    EVEN,
    ODD
  }

  /** Eight bits, no parity, one stop bit. */
  public static LineSettings of(int baud) {
    return new LineSettings(baud, Parity.NONE, 1);
  }

  /** As people write them; null where the text is none. */
  public static @Nullable LineSettings of(String text) {
    var match = WRITTEN.matcher(text);
    if (match.matches()) {
      int baud = Integer.parseInt(match.group(1));
      if (baud >= LEAST_BAUD && baud <= MOST_BAUD) {
        return new LineSettings(baud, parity(match.group(2)), match.group(3).equals("1") ? 1 : 2);
      }
    }
    return null;
  }

  private static Parity parity(String letter) {
    return switch (letter) {
      case "E" -> Parity.EVEN;
      case "O" -> Parity.ODD;
      default -> Parity.NONE;
    };
  }

  /** So long that many characters take. A start bit, eight, parity, stop. */
  public Duration time(double characters) {
    int bits = 1 + 8 + (parity == Parity.NONE ? 0 : 1) + stop;
    return Duration.ofNanos((long) Math.ceil(characters * bits * 1e9 / baud));
  }

  @Override
  public String toString() {
    return "%d 8%s%d".formatted(baud, parity.name().charAt(0), stop);
  }
}
