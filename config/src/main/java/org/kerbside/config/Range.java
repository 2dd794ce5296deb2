package org.kerbside.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words that differ in their last number: {@code lamp-1..8}, {@code rs485-b/11..18}. A first number
 * with leading zeros keeps its width.
 */
record Range(String prefix, long first, int length, int width) {

  static final int MOST = 500;

  private static final Pattern WRITTEN = Pattern.compile("(.*?)(\\d{1,18})\\.\\.(\\d{1,18})");

  /** The range, or null where the word is none or, with a mistake, a wrong one. */
  static @Nullable Range of(Text text, Mistakes mistakes) {
    var match = WRITTEN.matcher(text.text());
    if (!match.matches()) {
      return null;
    }
    long first = Long.parseLong(match.group(2));
    long last = Long.parseLong(match.group(3));
    if (last < first) {
      mistakes.add(
          text.mark(),
          "E106",
          "the range '%s' runs backwards".formatted(text),
          "write %s%s..%s".formatted(match.group(1), match.group(3), match.group(2)));
      return null;
    }
    if (last - first >= MOST) {
      mistakes.add(
          text.mark(),
          "E106",
          "the range '%s' holds %d, more than %d".formatted(text, last - first + 1, MOST),
          "write it as several ranges");
      return null;
    }
    return new Range(match.group(1), first, (int) (last - first) + 1, width(match));
  }

  private static int width(Matcher match) {
    return match.group(2).startsWith("0") ? match.group(2).length() : 1;
  }

  /** The number of one of them. */
  String number(int index) {
    var digits = Long.toString(first + index);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  boolean has(String word) {
    for (int i = 0; i < length; i++) {
      if (word(i).equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** One of them, written out. */
  String word(int index) {
    return prefix + number(index);
  }
}
