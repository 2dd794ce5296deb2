package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;

/**
 * How characters go over a serial line: {@code 9600 8N1}.
 *
 * @param baud bits a second, 300 to 1,000,000
 * @param stop bits, 1 or 2
 */
record LineSettings(int baud, Parity parity, int stop) {

  static final LineSettings USUAL = new LineSettings(9600, Parity.NONE, 1);

  private static final Pattern WRITTEN = Pattern.compile("(\\d{3,7}) 8([NEO])([12])");
  private static final int LEAST_BAUD = 300;
  private static final int MOST_BAUD = 1_000_000;

  // Modbus over Serial Line V1.02, 2.5.1.1: above 19200 the silence stays as it is there.
  private static final int SILENCE_BAUD = 19_200;
  private static final Duration FAST_SILENCE = Duration.ofNanos(1_750_000);

  enum Parity {
    NONE,
    EVEN,
    ODD
  }

  /** Null when a mistake was told. RTU always has eight data bits. */
  static @Nullable LineSettings read(Text text, Mistakes mistakes) {
    var match = WRITTEN.matcher(text.text());
    if (match.matches()) {
      int baud = Integer.parseInt(match.group(1));
      if (baud >= LEAST_BAUD && baud <= MOST_BAUD) {
        return new LineSettings(baud, parity(match.group(2)), match.group(3).equals("1") ? 1 : 2);
      }
    }
    mistakes.add(
        text.mark(),
        "E104",
        "'%s' are no settings of a serial line".formatted(text),
        "write baud, bits, parity and stop bits, as 9600 8N1 or 19200 8E1");
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
  Duration time(double characters) {
    int bits = 1 + 8 + (parity == Parity.NONE ? 0 : 1) + stop;
    return Duration.ofNanos((long) Math.ceil(characters * bits * 1e9 / baud));
  }

  /** The silence that ends a telegram: 3.5 characters. */
  Duration silence() {
    return baud > SILENCE_BAUD ? FAST_SILENCE : time(3.5);
  }

  @Override
  public String toString() {
    return "%d 8%s%d".formatted(baud, parity.name().charAt(0), stop);
  }
}
