package org.kerbside.drivers.camel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;

/** How a message is written. */
sealed interface Format {

  /** The words of {@code format}. */
  List<String> WORDS = List.of("json", "csv", "senml");

  /** JSON objects: one, one a line, or a list of them. */
  record Json() implements Format {}

  /** Lines of columns (RFC 4180), their names in the first: a line is an object of its columns. */
  record Csv(char separator) implements Format {}

  /** One SenML pack. */
  record Senml() implements Format {}

  /** Null when a mistake was told. */
  static @Nullable Format read(Section profile, Mistakes mistakes) {
    var word = profile.choice("format", WORDS);
    var separator = profile.text("separator");
    if (separator != null && (separator.text().length() != 1 || !"csv".equals(word))) {
      mistakes.add(
          separator.mark(),
          "E104",
          "'%s' is no separator".formatted(separator),
          "it is one character, of format: csv");
      return null;
    }
    return switch (word) {
      case "csv" -> new Csv(separator == null ? ',' : separator.text().charAt(0));
      case "senml" -> new Senml();
      case null, default -> new Json();
    };
  }
}
