package org.kerbside.config;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sizes as people write them: {@code 512MB}, {@code 1KiB}, and those of a time: {@code 100MB/day},
 * {@code 300MB/month}.
 */
final class ByteCounts {

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12}(?:\\.\\d+)?)\\s*(\\S*)");

  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "kB", 1_000L,
          "KB", 1_000L,
          "KiB", 1L << 10,
          "MB", 1_000_000L,
          "MiB", 1L << 20,
          "GB", 1_000_000_000L,
          "GiB", 1L << 30);

  private ByteCounts() {}

  static @Nullable Long read(Text text, String example, Mistakes mistakes) {
    var match = WRITTEN.matcher(text.text());
    if (!match.matches()) {
      mistakes.add(text.mark(), "E104", "'%s' is not a size".formatted(text), "write " + example);
      return null;
    }
    String suffix = example.contains("/") ? example.substring(example.indexOf('/')) : "";
    String symbol = match.group(2);
    var unit =
        symbol.endsWith(suffix)
            ? UNITS.get(symbol.substring(0, symbol.length() - suffix.length()))
            : null;
    if (unit == null) {
      mistakes.add(
          text.mark(),
          symbol.isEmpty() ? "E101" : "E102",
          symbol.isEmpty()
              ? "'%s' has no unit".formatted(text)
              : "'%s' has a unit of another quantity".formatted(text),
          "write for example %s (kB, MB, GB, KiB, MiB and GiB are accepted)".formatted(example));
      return null;
    }
    return Math.round(Double.parseDouble(match.group(1)) * unit);
  }
}
