package org.kerbside.drivers.lorawan;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Text;

/**
 * Whole numbers and bytes as a profile writes them: {@code 0x3FFF}, {@code 0..19}, {@code 01 75}.
 */
final class Numbers {

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,10}|0x[0-9A-Fa-f]{1,8}");
  private static final Pattern BYTES = Pattern.compile("[0-9A-Fa-f]{2}( ?[0-9A-Fa-f]{2})*");

  private Numbers() {}

  /** Both ends are within. */
  record Span(long low, long high) {}

  /** Null, and a mistake, when it is none. */
  static @Nullable Span span(Text written, Mistakes mistakes) {
    var text = written.text();
    int dots = text.indexOf("..");
    Long low = whole(dots < 0 ? text : text.substring(0, dots));
    Long high = whole(dots < 0 ? text : text.substring(dots + 2));
    if (low != null && high != null && low <= high) {
      return new Span(low, high);
    }
    mistakes.add(
        written.mark(),
        "E104",
        "'%s' is no raw number".formatted(written),
        "write a whole number or a span of them, as 0xFFFF or 0..19");
    return null;
  }

  /**
   * The number of a setting, or {@code otherwise} where it is missing or, with a mistake, wrong.
   */
  static int small(Section own, String key, int most, int otherwise) {
    var written = own.text(key);
    if (written == null) {
      return otherwise;
    }
    Long number = whole(written.text());
    if (number != null && number >= 0 && number <= most) {
      return number.intValue();
    }
    own.mistakes()
        .add(
            written.mark(),
            "E103",
            "'%s' is not a whole number from 0 to %d".formatted(written, most),
            "write %s: %d".formatted(key, otherwise < 0 ? 0 : otherwise));
    return otherwise;
  }

  static @Nullable Long whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return null;
    }
    return text.startsWith("0x") ? Long.valueOf(text.substring(2), 16) : Long.valueOf(text);
  }

  /** Null, and a mistake, when it is none. */
  static byte @Nullable [] bytes(Text written, Mistakes mistakes) {
    if (BYTES.matcher(written.text()).matches()) {
      return HexFormat.of().parseHex(written.text().replace(" ", ""));
    }
    mistakes.add(
        written.mark(),
        "E104",
        "'%s' are no bytes".formatted(written),
        "write them in hex, as 03 67");
    return null;
  }
}
